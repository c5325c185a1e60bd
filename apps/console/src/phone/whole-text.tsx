import { useMemo, useState } from 'react';
import type { CaseFile } from '../api/case-file.js';
import { CandidateSteps } from '../case/candidate-steps.js';
import { candidatesFor } from '../case/candidates.js';
import { ReportText } from '../case/report-text.js';
import { useWords } from '../words/words.js';

/** The whole report, drawn when it is opened: it is long, and the line may be slow. Under review with what may be confidential. */
export function WholeText({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const candidates = useMemo(() => candidatesFor(file), [file]);
  const { text } = file;
  // A case that is not under sign-off any more has its text back with the drafter.
  const isBack = file.current.state !== 'in-review';
  if (text === null) return <p className="note warn">{say(isBack ? 'case.textIsBack' : 'case.noText')}</p>;
  return (
    <details className="whole" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('case.text')}</summary>
      {isOpen && (
        <>
          {candidates !== null && <CandidateSteps candidates={candidates} />}
          <ReportText report={text} marks={{ candidates: candidates?.inText }} />
        </>
      )}
    </details>
  );
}
