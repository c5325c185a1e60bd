import type { Inbox, Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { isDealtWith } from '../case/receipts.js';
import { hasMovedOn } from '../case/acting.js';
import { ActingNotes, SignFields } from '../case/sign-fields.js';
import { SignWay } from '../case/signing-way.js';
import { type Signing, useSigning } from '../case/use-signing.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { useCase } from './case.screen.js';
import { INBOX } from './inbox.screen.js';
import { blocking, useOpenNotes } from './open-notes.js';
import { caseAddress } from './addresses.js';
import { go, Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { tell } from '../shell/told.js';
import { peekLoaded } from './use-load.js';

/** Where one goes after a case: to the next that waits and was not dealt with meanwhile, or to what was done. */
export function nextAddress(caseId: string): string {
  const items = (peekLoaded(INBOX) as Inbox | undefined)?.items ?? [];
  const at = items.findIndex((item) => item.case === caseId);
  const inOrder = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
  const next = inOrder.find((item) => item.case !== caseId && !isDealtWith(item.seat));
  return next === undefined ? '/m/done' : caseAddress(next.case);
}

/** Signing, one case at a time. */
export function SignScreen({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const loaded = useCase(caseId);
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('sign.title')} />;
  const [first] = loaded.data.current.signable;
  if (first === undefined || loaded.data.text === null)
    return <NothingToDo caseId={caseId} title={say('sign.title')} />;
  return <SignForm file={loaded.data} first={first} />;
}

/** An address opened late: the case says what has become of it. */
export function NothingToDo({ caseId, title }: { readonly caseId: string; readonly title: string }) {
  const { say } = useWords();
  return (
    <Screen title={title} back="/m">
      <p>{say('live.notYours')}</p>
      <Link to={caseAddress(caseId)} replace className="button wide">
        {say('sign.back')}
      </Link>
    </Screen>
  );
}

function SignForm({ file, first }: { readonly file: CaseFile; readonly first: Signable }) {
  const { say } = useWords();
  const { line } = file;
  const signing = useSigning(file, first, () => {
    tell((now) => now('sign.signed', { report: reportName(now, line) }));
    go(nextAddress(line.case), { replace: true });
  });
  const { chosen, choose, checked, check, ways, isAsking, isWaiting, wrong } = signing;
  const notes = useOpenNotes(file);
  const open = notes.data === undefined ? 0 : blocking(notes.data, chosen.stage).length;
  if (open > 0) return <NotBeforeNotes caseId={line.case} count={open} />;
  return (
    <Screen title={say('sign.title')} back={caseAddress(line.case)} bar={<Act signing={signing} />}>
      <h2 className="hidden">{say('sign.open')}</h2>
      <SignFields file={file} chosen={chosen} onChoose={choose} checked={checked} onCheck={check} />
      <SignWay ways={ways} grades={[chosen.grade]} />
      <ActingNotes isAsking={isAsking} isWaiting={isWaiting} wrong={wrong} />
      {hasMovedOn(wrong) && (
        <Link to={caseAddress(line.case)} replace className="button wide">
          {say('sign.seeChange')}
        </Link>
      )}
    </Screen>
  );
}

/** Notes of the stage stand in the way: where they are, and what can be done about them. */
function NotBeforeNotes({ caseId, count }: { readonly caseId: string; readonly count: number }) {
  const { say } = useWords();
  return (
    <Screen title={say('sign.title')} back={caseAddress(caseId)}>
      <p className="note warn">
        <span aria-hidden="true">⚠ </span>
        {say('sign.openNotes', { count })}
      </p>
      <Link to={caseAddress(caseId)} replace className="button strong wide">
        {say('sign.toNotes')}
      </Link>
    </Screen>
  );
}

function Act({ signing: { missing, way, isBusy, sign } }: { readonly signing: Signing }) {
  const { say } = useWords();
  if (missing > 0) return <p role="status">{say('sign.missing', { count: missing })}</p>;
  if (way === null) return <p>{say('passkey.notYet')}</p>;
  if (way === undefined) return null;
  return (
    <button type="button" className="button strong wide" aria-disabled={isBusy} onClick={sign}>
      {isBusy ? say('sign.acting') : say('sign.act')}
    </button>
  );
}
