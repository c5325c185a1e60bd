import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { hasMovedOn, signature, useActing } from '../case/acting.js';
import { ActingNotes, signableKey, SignFields } from '../case/sign-fields.js';
import { Dialog } from '../shell/dialog.js';
import { tell } from '../shell/told.js';
import { useWords } from '../words/words.js';
import { queries } from './queries.js';

export interface DialogProps {
  readonly file: CaseFile;
  readonly first: Signable;
  readonly onClose: () => void;
}

/** Signing: what one declares, over which content, for whom, and what one has gone through. */
export function SignDialog({ file, first, onClose }: DialogProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const { line, current } = file;
  const [chosenKey, choose] = useState(signableKey(first));
  const chosen = current.signable.find((one) => signableKey(one) === chosenKey) ?? first;
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const { act, isBusy, isWaiting, wrong } = useActing(() => {
    tell(say('sign.signed', { report: say('name.report', { organ: line.organName, year: line.year }) }));
    onClose();
    void queries.invalidateQueries();
    void navigate('/');
  });
  const missing = chosen.checklist.filter(({ id }) => !checked.has(id)).length;
  return (
    <Dialog title={say('sign.title')} onClose={onClose}>
      <SignFields file={file} chosen={chosen} onChoose={choose} checked={checked} onCheck={setChecked} />
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
      <div className="acts">
        {missing > 0 ? (
          <p role="status">{say('sign.missing', { count: missing })}</p>
        ) : hasMovedOn(wrong) ? (
          <Button type="primary" onClick={onClose}>
            {say('sign.seeChange')}
          </Button>
        ) : (
          <Button type="primary" aria-disabled={isBusy} onClick={() => void act(signature(file, chosen, checked))}>
            {isBusy ? say('sign.acting') : say('sign.act')}
          </Button>
        )}
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}
