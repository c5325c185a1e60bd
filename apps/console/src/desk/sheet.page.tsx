import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { Seat } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { dayText, momentText } from '../words/dates.js';
import { officeWords } from '../words/office-words.js';
import { useWords } from '../words/words.js';
import { Instead, Missing, Page } from './page.js';
import { useCaseFile } from './queries.js';
import { SheetFacts } from './sheet-facts.js';

/** 审批单: the case on one printed page, for the file: every stage with who signed it and when, and the codes that prove it. */
export function SheetPage() {
  const { case: caseId } = useParams();
  return caseId === undefined ? <Missing /> : <SheetOf caseId={caseId} />;
}

function SheetOf({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const { data: file, error, refetch } = useCaseFile(caseId);
  if (file === undefined) return <Instead error={error} retry={() => void refetch()} title={say('sheet.title')} />;
  return (
    <Page title={say('sheet.title')}>
      <div className="acts no-print">
        <Button type="primary" onClick={() => window.print()}>
          {say('sheet.print')}
        </Button>
        <Link to={`/cases/${caseId}`}>{say('sheet.back')}</Link>
      </div>
      <Sheet file={file} />
    </Page>
  );
}

function Sheet({ file }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const { current, review } = file;
  const seats = [...(review?.seats ?? []), ...current.seats].filter(({ state }) => state !== 'spare');
  return (
    <article className="sheet-a4">
      <SheetFacts file={file} seats={seats} />
      <Seats file={file} seats={seats} />
      <p className="soft">
        {say('sheet.foot', { day: dayText(new Date().toISOString(), language), content: current.content })}
      </p>
    </article>
  );
}

function Seats({ file: { current, names }, seats }: { readonly file: CaseFile; readonly seats: readonly Seat[] }) {
  const { say, language } = useWords();
  return (
    <table className="sheet-seats">
      <caption>{say('case.route')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('sheet.stage')}</th>
          <th scope="col">{say('sheet.statement')}</th>
          <th scope="col">{say('sheet.signer')}</th>
          <th scope="col">{say('sheet.when')}</th>
        </tr>
      </thead>
      <tbody>
        {current.stages.flatMap((stage) => {
          const own = seats.filter((seat) => seat.stage === stage.id);
          const lines =
            own.length === 0
              ? stage.slots.map((slot) => ({ ...slot, signedBy: null, signedFor: null, signedAt: null }))
              : own;
          return lines.map((seat, index) => (
            <tr key={`${stage.id} ${index}`}>
              <th scope="row" lang="zh-CN">
                {stage.name}
              </th>
              <td lang="zh-CN">{seat.signedAt === null ? '' : stage.meaning}</td>
              <td>{signerOf(seat)}</td>
              <td>{seat.signedAt === null ? '' : momentText(seat.signedAt, language)}</td>
            </tr>
          ));
        })}
      </tbody>
    </table>
  );

  function signerOf(seat: Pick<Seat, 'role' | 'organ' | 'person' | 'signedBy' | 'signedFor'>): string {
    if (seat.signedBy !== null) {
      const who = nameOf(names, seat.signedBy);
      return seat.signedFor === null ? who : say('sheet.signedFor', { who, principal: nameOf(names, seat.signedFor) });
    }
    return seat.person === null ? officeWords(`${seat.role}@${seat.organ}`, names, say) : nameOf(names, seat.person);
  }
}
