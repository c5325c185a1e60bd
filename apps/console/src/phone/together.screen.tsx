import type { Inbox } from '../api/answers.js';
import { read } from '../api/send.js';
import { readReady } from '../case/signing-together.js';
import { TogetherParts } from '../case/together-parts.js';
import { useSigningTogether } from '../case/use-signing-together.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { caseAddress } from './addresses.js';
import { INBOX } from './inbox.screen.js';
import { Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { useLoad } from './use-load.js';

/** 一起签: what one has looked at already, each ticked by hand and signed by itself. */
export function TogetherScreen() {
  const words = useWords();
  const { say } = words;
  const loaded = useLoad('together', async (signal) => readReady((await read<Inbox>(INBOX, signal)).items, signal));
  const signing = useSigningTogether(loaded.data ?? [], loaded.reload);
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('together.title')} />;
  const { picked, isBusy, sign } = signing;
  return (
    <Screen
      title={say('together.title')}
      back="/m"
      bar={
        picked.length > 0 ? (
          <button type="button" className="button strong wide" aria-disabled={isBusy} onClick={() => void sign()}>
            {isBusy ? say('sign.acting') : say('together.act', { count: picked.length })}
          </button>
        ) : undefined
      }
    >
      {loaded.error !== undefined && <Wrong>{wrongText(loaded.error, words)}</Wrong>}
      <TogetherParts
        waiting={loaded.data}
        signing={signing}
        link={(caseId, content) => (
          <Link to={caseAddress(caseId)} className="card">
            {content}
          </Link>
        )}
      />
    </Screen>
  );
}
