import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Report } from '../../api/answers.js';
import { useMe } from '../../api/session.js';
import { useWords } from '../../words/words.js';
import { CorrectDialog, WithdrawDialog } from './public-act-dialogs.js';
import { SubmitCorrectionDialog } from './submit-correction.dialog.js';

type Open = 'choose' | 'submit' | null;

/** S15: what can be done about a public edition by those who may: correct it, take it back; and submit a correction that is written. */
export function PublicActs({ report }: { readonly report: Report }) {
  const { say } = useWords();
  const { grants } = useMe();
  const [open, setOpen] = useState<Open>(null);
  const holds = (role: string): boolean => grants.some((grant) => grant.role === role && grant.organ === report.organ);
  const mayAct = holds('drafter') || holds('disclosure-head');
  const isPublic = report.public?.state === 'live' && report.state === 'live';
  const isWritten = report.state === 'draft' || report.state === 'returned';
  const isMine = isWritten && holds('drafter');
  const isCorrection = isMine && report.fit.includes('correct') && report.public !== null;
  if (!mayAct || (!isPublic && !isMine)) return null;
  return (
    <div className="acts">
      {isMine && (
        <Link to={`/reports/${report.document}/edit`} className={isCorrection ? 'button' : 'button strong'}>
          {say('drafting.edit')}
        </Link>
      )}
      {isPublic && <Button onClick={() => setOpen('choose')}>{say('public.found')}</Button>}
      {isCorrection && (
        <Button type="primary" onClick={() => setOpen('submit')}>
          {say('public.submit')}
        </Button>
      )}
      {open === 'choose' && <ChooseAct report={report} mayCorrect={holds('drafter')} onClose={() => setOpen(null)} />}
      {open === 'submit' && <SubmitCorrectionDialog report={report} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface ChooseProps {
  readonly report: Report;
  readonly mayCorrect: boolean;
  readonly onClose: () => void;
}

function ChooseAct({ report, mayCorrect, onClose }: ChooseProps) {
  const [act, setAct] = useState<'correct' | 'withdraw'>(mayCorrect ? 'correct' : 'withdraw');
  const choice = mayCorrect ? <ActChoice act={act} onChoose={setAct} /> : null;
  return act === 'correct' ? (
    <CorrectDialog report={report} onClose={onClose}>
      {choice}
    </CorrectDialog>
  ) : (
    <WithdrawDialog report={report} onClose={onClose}>
      {choice}
    </WithdrawDialog>
  );
}

interface ActChoiceProps {
  readonly act: 'correct' | 'withdraw';
  readonly onChoose: (act: 'correct' | 'withdraw') => void;
}

function ActChoice({ act, onChoose }: ActChoiceProps) {
  const { say } = useWords();
  return (
    <fieldset className="checklist">
      <legend>{say('public.what')}</legend>
      {(['correct', 'withdraw'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="public-act" checked={act === one} onChange={() => onChoose(one)} />
          <span>{say(`public.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
