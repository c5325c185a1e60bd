import { useState } from 'react';
import type { AnnualReport } from '#report/model';
import { ReportText } from '../case/report-text.js';
import { useWords } from '../words/words.js';

interface WholeTextProps {
  readonly report: AnnualReport | null;
  /** The case is not under sign-off any more, and its text is back with the drafter. */
  readonly isBack: boolean;
}

/** The whole report, drawn when it is opened: it is long, and the line may be slow. */
export function WholeText({ report, isBack }: WholeTextProps) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (report === null) return <p className="note warn">{say(isBack ? 'case.textIsBack' : 'case.noText')}</p>;
  return (
    <details className="whole" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('case.text')}</summary>
      {isOpen && <ReportText report={report} />}
    </details>
  );
}
