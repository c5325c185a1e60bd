import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { hasMovedOn } from '../case/acting.js';
import { Findings, findingsOf } from '../case/findings.js';
import { ActingNotes, SignFields } from '../case/sign-fields.js';
import { SignWay } from '../case/signing-way.js';
import { Verdict } from '../case/verdict.js';
import { type Signing, useSigning } from '../case/use-signing.js';
import { Dialog } from '../shell/dialog.js';
import { tell } from '../shell/told.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { queries, useNotes } from './queries.js';

export interface DialogProps {
  readonly file: CaseFile;
  readonly first: Signable;
  readonly onClose: () => void;
}

interface SignDialogProps extends DialogProps {
  /** While one looks at a place of the text. */
  readonly isAside: boolean;
  /** Leads to a place of the text. */
  readonly onGo: (mark: string) => void;
}

/** Signing: what one declares, over which content, for whom, what one has gone through, what the checks found, and with what one signs. */
export function SignDialog({ file, first, onClose, isAside, onGo }: SignDialogProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const { line } = file;
  const signing = useSigning(file, first, () => {
    tell((now) => now('sign.signed', { report: reportName(now, line) }));
    onClose();
    void queries.invalidateQueries();
    void navigate('/');
  });
  const { chosen, choose, checked, check, ways, isAsking, isWaiting, wrong } = signing;
  const open = (useNotes(file).data ?? []).filter(({ blocks }) => blocks === chosen.stage).length;
  if (open > 0)
    return (
      <Dialog title={say('sign.title')} onClose={onClose} isAside={isAside}>
        <p className="note warn">
          <span aria-hidden="true">⚠ </span>
          {say('sign.openNotes', { count: open })}
        </p>
        <div className="acts">
          <Button type="primary" onClick={onClose}>
            {say('sign.toNotes')}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={say('sign.title')} onClose={onClose} isAside={isAside}>
      <SignFields file={file} chosen={chosen} onChoose={choose} checked={checked} onCheck={check} />
      <Found file={file} onGo={onGo} />
      <SignWay ways={ways} grades={[chosen.grade]} />
      <ActingNotes isAsking={isAsking} isWaiting={isWaiting} wrong={wrong} />
      <div className="acts">
        <Act signing={signing} onClose={onClose} />
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** So many findings stand open; more of them are one line until the signer wants to see them. */
const MOST_OPEN = 3;

/** What the checks found, each with the drafter's sentence and the way to its place. */
function Found({ file: { report }, onGo }: Pick<SignDialogProps, 'file' | 'onGo'>) {
  if (report?.report == null) return null;
  const found = findingsOf(report);
  const errors = found.filter(({ severity }) => severity === 'E').length;
  if (found.length === 0) return <Findings report={report} onGo={onGo} heading="h3" />;
  return (
    <details className="closed" open={errors > 0 || found.length <= MOST_OPEN}>
      <summary>
        <Verdict of={{ errors, warnings: found.length - errors }} />
      </summary>
      <Findings report={report} onGo={onGo} heading="h3" />
    </details>
  );
}

function Act({ signing, onClose }: { readonly signing: Signing; readonly onClose: () => void }) {
  const { say } = useWords();
  const { missing, way, wrong, isBusy, sign } = signing;
  if (missing > 0) return <p role="status">{say('sign.missing', { count: missing })}</p>;
  if (hasMovedOn(wrong))
    return (
      <Button type="primary" onClick={onClose}>
        {say('sign.seeChange')}
      </Button>
    );
  if (way === null || way === undefined) return null;
  return (
    <Button type="primary" aria-disabled={isBusy} onClick={sign}>
      {isBusy ? say('sign.acting') : say('sign.act')}
    </Button>
  );
}
