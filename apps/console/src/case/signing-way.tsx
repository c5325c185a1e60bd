import { useCallback, useEffect, useState } from 'react';
import type { Signable } from '../api/answers.js';
import {
  type MyPasskeys,
  type PasskeyAnswer,
  passkeySupport,
  type PasskeySupport,
  readPasskeys,
  usableOf,
} from '../api/passkeys.js';
import { useWords } from '../words/words.js';

/** With what a person signs. */
export type Way = 'passkey' | 'password';

/** The ways of somebody signing; `mine` undefined until it is read, `isUnread` when it could not be. */
export interface Ways {
  readonly mine: MyPasskeys | undefined;
  readonly isUnread: boolean;
  readonly preferred: Way;
  readonly prefer: (way: Way) => void;
  readonly readAgain: () => void;
}

const ceremony = () => import('../api/passkey-ceremony.js');

/** Reads one's passkeys when a signature is near; again when one comes back from registering one in another window. */
export function useWays(): Ways {
  const [mine, setMine] = useState<MyPasskeys>();
  const [isUnread, setUnread] = useState(false);
  const [preferred, prefer] = useState<Way>('passkey');
  const [turn, setTurn] = useState(0);
  const readAgain = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    const stop = new AbortController();
    const reading = async (): Promise<void> => {
      try {
        const found = await readPasskeys(stop.signal);
        setMine(found);
        setUnread(false);
        // Loaded ahead: a browser lets a page ask only shortly after a press. What fails now is loaded when it is needed.
        if (usableOf(found).length > 0) ceremony().catch(() => undefined);
      } catch {
        if (!stop.signal.aborted) setUnread(true); // whatever the cause: the dialog says what can be done without
      }
    };
    void reading();
    return () => stop.abort();
  }, [turn]);
  useEffect(() => {
    window.addEventListener('focus', readAgain);
    return () => window.removeEventListener('focus', readAgain);
  }, [readAgain]);
  return { mine, isUnread, preferred, prefer, readAgain };
}

type Grade = Signable['grade'];

const hasPasskey = ({ mine }: Ways): boolean =>
  mine !== undefined && usableOf(mine).length > 0 && passkeySupport(mine) === 'ready';

/** With what this person signs what demands this grade: null when he cannot now, undefined until that is known. */
export function wayFor(grade: Grade, ways: Ways): Way | null | undefined {
  if (ways.mine === undefined && !ways.isUnread) return undefined;
  if (!hasPasskey(ways)) return grade === 'passkey' ? null : 'password';
  return grade === 'passkey' ? 'passkey' : ways.preferred;
}

/** What one of one's passkeys answers to the challenge of a statement. Throws CeremonyFailed. */
export async function passkeyAnswer({ mine }: Ways, { challenge }: Signable): Promise<PasskeyAnswer> {
  if (mine === undefined) throw new Error('nobody is asked for a passkey before his own are known');
  return (await ceremony()).askPasskey(mine, challenge);
}

/** How the signature is made, and what stands in the way of it. */
export function SignWay({ ways, grades }: { readonly ways: Ways; readonly grades: readonly Grade[] }) {
  const { say } = useWords();
  const { mine, isUnread, readAgain } = ways;
  const demands = grades.includes('passkey');
  if (mine === undefined) {
    return isUnread ? (
      <div className="note warn" role="status">
        {say(demands ? 'passkey.unreadDemanded' : 'passkey.unread')}{' '}
        <button type="button" className="button" onClick={readAgain}>
          {say('state.retry')}
        </button>
      </div>
    ) : null;
  }
  if (hasPasskey(ways)) return <Choice ways={ways} grades={grades} />;
  const support = passkeySupport(mine);
  if (!demands) return usableOf(mine).length === 0 ? null : <Unsupported mine={mine} support={support} />;
  return (
    <div className="note warn">
      <p>{say('passkey.demanded')}</p>
      {support === 'ready' ? (
        <p>
          {say('passkey.first')}{' '}
          <a href="/app/mine#passkeys" target="_blank" rel="noopener">
            {say('passkey.toRegister')}
          </a>
        </p>
      ) : (
        <p>{unsupportedText(mine, support, say)}</p>
      )}
    </div>
  );
}

function Choice({ ways: { preferred, prefer }, grades }: { readonly ways: Ways; readonly grades: readonly Grade[] }) {
  const { say } = useWords();
  if (!grades.includes('attested')) return <p className="note">{say('passkey.demandedHow')}</p>;
  return (
    <fieldset className="checklist">
      <legend>{say('passkey.way')}</legend>
      {(['passkey', 'password'] as const).map((way) => (
        <label key={way}>
          <input type="radio" name="way" checked={way === preferred} onChange={() => prefer(way)} />
          <span>{say(`passkey.by.${way}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

type Say = ReturnType<typeof useWords>['say'];

function unsupportedText({ relyingParty: { origin } }: MyPasskeys, support: PasskeySupport, say: Say): string {
  return support === 'other-address' ? say('passkey.otherAddress', { origin }) : say('passkey.noBrowser');
}

/** Why no passkey can be made or used here; nothing where one can. */
export function Unsupported({ mine, support }: { readonly mine: MyPasskeys; readonly support: PasskeySupport }) {
  const { say } = useWords();
  return support === 'ready' ? null : <p className="note warn">{unsupportedText(mine, support, say)}</p>;
}
