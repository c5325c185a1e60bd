import { useState } from 'react';
import { legPathOf, recall } from '../../case/acting.js';
import type { Act } from '../../case/receipts.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from './act-dialog.js';
import type { VerbProps } from './person-dialogs.js';

const LONGEST = 2000;

interface ReasonProps extends VerbProps {
  readonly verb: 'withdraw' | 'recall' | 'cancel';
}

/** 撤回、收回、作废: each ends the round, with a reason everybody in the case reads. */
export function ReasonDialog({ file, onClose, verb }: ReasonProps) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const body = { content: file.current.content, reason: reason.trim() };
  const acts: Readonly<Record<ReasonProps['verb'], Act>> = {
    withdraw: { path: `${legPathOf(file.line)}/withdrawal`, body, receipt: null },
    recall: recall(file, reason.trim()),
    cancel: { path: `${legPathOf(file.line)}/cancellation`, body, receipt: null },
  };
  return (
    <ActDialog
      title={say(`verb.${verb}`)}
      help={say(`verb.${verb}Help`)}
      button={say(`verb.${verb}`)}
      told={(now) => now(`verb.${verb}Done`)}
      isGrave
      onClose={onClose}
      prepare={() => (reason.trim() === '' ? (now) => now('verb.reasonNeeded') : acts[verb])}
    >
      <p className="field">
        <label htmlFor="end-reason">{say('return.reason')}</label>
        <textarea
          id="end-reason"
          rows={3}
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
