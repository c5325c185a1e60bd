import { compareReports } from '#report/comparison/compare-reports';
import { printCell } from '#report/cell-text';
import { cellsOf, formatById } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { cellWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';

/** Every figure that differs from last year's, with the difference as a number: up and down in words, not colours. */
export function YearOnYear({
  report,
  lastYear,
}: {
  readonly report: AnnualReport;
  readonly lastYear: AnnualReport | null;
}) {
  const { say } = useWords();
  if (lastYear === null)
    return (
      <section>
        <h2>{say('year.title')}</h2>
        <p className="soft">{say('case.noLastYear')}</p>
      </section>
    );
  const kinds = new Map(
    (formatById(report.format)?.tables ?? []).flatMap(cellsOf).map((place) => [place.id, place.column.kind]),
  );
  const printed = (id: string, cell: Cell | null): string =>
    cell === null ? '—' : printCell(kinds.get(id) ?? 'count', cell);
  const cells = compareReports(lastYear, report).cells.filter(({ kind }) => kind === 'changed');
  return (
    <section>
      <h2 id="year-on-year">{say('year.title')}</h2>
      <p className="soft">{say('year.count', { count: cells.length })}</p>
      {cells.length > 0 && (
        <div className="wide-table" role="region" aria-labelledby="year-on-year" tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say('year.place')}</th>
                <th scope="col">{lastYear.year}</th>
                <th scope="col">{report.year}</th>
                <th scope="col">{say('year.difference')}</th>
              </tr>
            </thead>
            <tbody>
              {cells.map(({ id, before, after, difference }) => (
                <tr key={id}>
                  <th scope="row" lang="zh-CN">
                    {cellWords(report, id)}
                  </th>
                  <td>{printed(id, before)}</td>
                  <td>{printed(id, after)}</td>
                  <td>{difference === null ? '—' : signed(difference, say('year.up'), say('year.down'))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const signed = (difference: string, up: string, down: string): string =>
  difference.startsWith('-') ? `▼ ${down} ${difference.slice(1)}` : `▲ ${up} ${difference}`;
