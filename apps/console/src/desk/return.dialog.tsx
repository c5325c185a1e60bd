import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { giveBack, type Returning, useActing } from '../case/acting.js';
import { ReturnFields } from '../case/return-fields.js';
import { ActingNotes } from '../case/sign-fields.js';
import { Dialog } from '../shell/dialog.js';
import { tell } from '../shell/told.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { queries, useNotes } from './queries.js';
import type { DialogProps } from './sign.dialog.js';

/** Returning: to whom, why, and where in the report. */
export function ReturnDialog({ file, first, onClose }: DialogProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const { line } = file;
  const notes = (useNotes(file).data ?? []).filter(({ state }) => state === 'open');
  const reason = notes.length === 0 ? '' : say('return.seeNotes', { count: notes.length });
  const [value, setValue] = useState<Returning>({ reason, place: '', to: '' });
  const [isMissing, setMissing] = useState(false);
  const { act, isBusy, isWaiting, wrong } = useActing(() => {
    tell((now) => now('return.returned', { report: reportName(now, line) }));
    onClose();
    void queries.invalidateQueries();
    void navigate('/');
  });
  const send = (): void => {
    const lacks = value.reason.trim() === '';
    setMissing(lacks);
    if (!lacks) void act(giveBack(file, first, value));
  };
  return (
    <Dialog title={say('return.title')} onClose={onClose}>
      {notes.length > 0 && (
        <>
          <h3>{say('return.withNotes')}</h3>
          <ul className="changes" lang="zh-CN">
            {notes.map(({ note, text }) => (
              <li key={note}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <ReturnFields file={file} value={value} onChange={setValue} isMissing={isMissing} />
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
      <div className="acts">
        <Button danger type="primary" aria-disabled={isBusy} onClick={send}>
          {isBusy ? say('return.acting') : say('return.act')}
        </Button>
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}
