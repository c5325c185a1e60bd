import type { CaseLine, Inbox, LegCase } from '../api/answers.js';
import { read } from '../api/send.js';
import { caseStateWords } from '../words/case-state.js';
import { momentText } from '../words/dates.js';
import { FoldedQrCode } from '../shell/qr-code.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { INBOX } from './inbox.screen.js';
import { recall, takeBack, useActing } from '../case/acting.js';
import { type Receipt, useReceipts } from '../case/receipts.js';
import { ActingNotes } from '../case/sign-fields.js';
import { caseAddress } from './addresses.js';
import { Link } from './route.js';
import { Screen } from './screen.js';
import { useLoad } from './use-load.js';

/** What was done in this sitting, how each case stands since, and what can still be undone. */
export function DoneScreen() {
  const { say } = useWords();
  const receipts = useReceipts();
  const inbox = useLoad(INBOX, (signal) => read<Inbox>(INBOX, signal));
  const left = inbox.data?.items.length ?? 0;
  return (
    <Screen title={say('done.title')} back="/m">
      {receipts.length === 0 && <p>{say('done.empty')}</p>}
      <ul className="cards">
        {receipts.map((receipt) => (
          <li key={`${receipt.case} ${receipt.seat}`} className="card">
            <ReceiptCard receipt={receipt} />
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <>
          <p>{say('done.more', { count: left })}</p>
          <Link to="/m" className="button strong wide">
            {say('done.goOn')}
          </Link>
        </>
      ) : (
        receipts.length > 0 && <p>{say('done.all')}</p>
      )}
    </Screen>
  );
}

const MARKS = { signed: '✓', returned: '↺', takenBack: '↶', recalled: '↶' } as const;

function ReceiptCard({ receipt }: { readonly receipt: Receipt }) {
  const { say, language } = useWords();
  const { case: caseId, leg } = receipt;
  const line = useLoad(`line ${caseId}`, (signal) => read<CaseLine>(`/cases/${caseId}`, signal));
  const detail = useLoad(`leg ${caseId}`, (signal) => read<LegCase>(`/${leg}-cases/${caseId}`, signal));
  const next = line.data?.stageName ?? null;
  return (
    <>
      <Link to={caseAddress(caseId)}>
        <strong lang="zh-CN">{reportName(say, receipt)}</strong>
      </Link>
      <span>
        <span aria-hidden="true">{MARKS[receipt.act]} </span>
        {say(`done.${receipt.act}`)} · {momentText(receipt.at, language)}
      </span>
      {receipt.act === 'signed' && next !== null && <span className="soft">{say('done.next', { stage: next })}</span>}
      {line.data !== undefined && next === null && <span className="soft">{stateText(line.data, detail.data)}</span>}
      {line.data?.url != null && (
        <>
          <a href={line.data.url}>{line.data.url}</a>
          <FoldedQrCode text={line.data.url} label={say('live.qr')} />
        </>
      )}
      {receipt.act === 'signed' && line.data !== undefined && detail.data !== undefined && (
        <Undo receipt={receipt} line={line.data} detail={detail.data} reload={detail.reload} />
      )}
    </>
  );

  function stateText(of: CaseLine, leg_: LegCase | undefined): string {
    const at = leg_?.releaseAt == null ? '' : momentText(leg_.releaseAt, language);
    return caseStateWords(say, of, at);
  }
}

interface UndoProps {
  readonly receipt: Receipt;
  readonly line: CaseLine;
  readonly detail: LegCase;
  readonly reload: () => void;
}

/** Taking one's signature back while nobody built on it; recalling what is approved until it is released. */
function Undo({ receipt, line, detail, reload }: UndoProps) {
  const { say, language } = useWords();
  const { act, isBusy, isWaiting, wrong } = useActing(reload);
  const isTakeable = receipt.seat !== null && detail.takeable.includes(receipt.seat);
  const isRecallable = detail.state === 'approved' && detail.releaseAt !== null;
  if (!isTakeable && !isRecallable) return null;
  const undo =
    isTakeable && receipt.seat !== null
      ? takeBack({ line, current: detail }, receipt.seat)
      : recall({ line, current: detail }, say('done.recallReason'));
  return (
    <>
      {isRecallable && detail.releaseAt !== null && (
        <span className="soft">{say('done.recallUntil', { at: momentText(detail.releaseAt, language) })}</span>
      )}
      <button type="button" className="button wide" aria-disabled={isBusy} onClick={() => void act(undo)}>
        {isBusy ? say('done.taking') : say(isTakeable ? 'done.takeBack' : 'done.recall')}
      </button>
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
    </>
  );
}
