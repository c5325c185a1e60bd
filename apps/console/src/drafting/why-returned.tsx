import { memo } from 'react';
import { Link } from 'react-router';
import { Ended } from '../case/ended.js';
import { useCaseFile } from '../desk/queries.js';
import { useWords } from '../words/words.js';

/** Why a report is with its drafter again: who sent it back, when, with which words and where, and the way to the case. */
export const WhyReturned = memo(function WhyReturned({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const file = useCaseFile(caseId);
  if (file.data === undefined || file.data.current.ended === null) return null;
  return (
    <section className="note" aria-labelledby="why-returned">
      <h2 id="why-returned">{say('drafting.whyReturned')}</h2>
      <Ended file={file.data} />
      <p>
        <Link to={`/cases/${caseId}`}>{say('drafting.toCase')}</Link>
      </p>
    </section>
  );
});
