import type { ReactNode } from 'react';
import type { Passkey } from '../../api/passkeys.js';
import { momentText } from '../../words/dates.js';
import { useWords } from '../../words/words.js';

interface PasskeyRowsProps {
  readonly items: readonly Passkey[];
  /** What can be done with one that is not revoked. */
  readonly acts: (passkey: Passkey) => ReactNode;
}

/** Passkeys with when they were made, whether they can leave their device, and what became of them: first those that stand. */
export function PasskeyRows({ items, acts }: PasskeyRowsProps) {
  const { say } = useWords();
  const standing = items.filter(({ revokedAt }) => revokedAt === null);
  const over = items.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <>
      {standing.length > 0 && <Rows items={standing} acts={acts} />}
      {over.length > 0 && (
        <details className="closed">
          <summary>{say('passkey.over', { count: over.length })}</summary>
          <Rows items={over} acts={acts} />
        </details>
      )}
    </>
  );
}

function Rows({ items, acts }: PasskeyRowsProps) {
  const { say, language } = useWords();
  return (
    <ul className="rows">
      {items.map((one) => (
        <li key={one.passkey} className="row">
          <strong lang="zh-CN">{one.name}</strong>
          <span>{say('passkey.since', { at: momentText(one.registeredAt, language) })}</span>
          <span>{say(one.synced ? 'passkey.synced' : 'passkey.bound')}</span>
          <span className="verbs">
            {one.revokedAt === null ? acts(one) : <Over passkey={one} at={momentText(one.revokedAt, language)} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Over({ passkey: { revocation }, at }: { readonly passkey: Passkey; readonly at: string }) {
  const { say } = useWords();
  if (revocation === null) return say('passkey.revokedAt', { at });
  return say('passkey.revokedFor', { at, who: revocation.byName, reason: revocation.reason });
}
