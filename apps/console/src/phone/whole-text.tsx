import { useEffect, useMemo, useRef, useState } from 'react';
import type { CaseFile } from '../api/case-file.js';
import { CandidateSteps } from '../case/candidate-steps.js';
import { candidatesFor } from '../case/candidates.js';
import { goToPlace } from '../case/go-to-place.js';
import { ReportText } from '../case/report-text.js';
import { type CameFrom, WayBack } from '../case/way-back.js';
import { useWords } from '../words/words.js';

/** A place of the text one is led to, and from where. */
export interface Goal {
  readonly mark: string;
  readonly from: CameFrom;
}

interface WholeTextProps {
  readonly file: CaseFile;
  readonly goal: Goal | null;
  readonly onBack: () => void;
}

/** The whole report, drawn when it is opened: it is long, and the line may be slow. Under review with what may be confidential. */
export function WholeText({ file, goal, onBack }: WholeTextProps) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const candidates = useMemo(() => candidatesFor(file), [file]);
  const reached = useRef<Goal | null>(null);
  useEffect(() => {
    if (goal === null || goal === reached.current) return;
    if (!isOpen) return setOpen(true);
    reached.current = goal;
    goToPlace(goal.mark);
  }, [goal, isOpen]);
  const { text } = file;
  // A case that is not under sign-off any more has its text back with the drafter.
  const isBack = file.current.state !== 'in-review';
  if (text === null) return <p className="note warn">{say(isBack ? 'case.textIsBack' : 'case.noText')}</p>;
  return (
    <details className="whole" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('case.text')}</summary>
      {isOpen && (
        <>
          <div className="over-text">
            {goal !== null && <WayBack from={goal.from} onBack={onBack} />}
            {candidates !== null && <CandidateSteps candidates={candidates} />}
          </div>
          <ReportText report={text} marks={{ candidates: candidates?.inText }} />
        </>
      )}
    </details>
  );
}
