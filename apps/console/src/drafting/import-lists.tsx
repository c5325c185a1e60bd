import { printCell } from '#report/cell-text';
import type { CarriedChange } from '#report/draft-from-last-year';
import type { Finding } from '#report/finding';
import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import { sourceText } from '#report/readers/source-text';
import type { Passage } from '#report/readers/passages';
import type { CellSource } from '#report/readers/table-cells';
import { PassageOf } from './passage-of.js';
import { placeWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';

const MARKS = { E: '✕', W: '⚠', I: '·' } as const;
const LOOKS = { E: 'bad', W: 'warn', I: '' } as const;

interface ReaderFindingsProps {
  readonly findings: readonly Finding[];
  /** What stands in the file where each of them is. */
  readonly passages: readonly (Passage | null)[];
  readonly report: AnnualReport;
  readonly looked: ReadonlySet<number>;
  readonly look: (index: number, isLooked: boolean) => void;
}

/** What the reader is not sure of or changed: the file on the left, what was read on the right, to be looked at one by one. */
export function ReaderFindings({ findings, passages, report, looked, look }: ReaderFindingsProps) {
  const { say, language } = useWords();
  if (findings.length === 0) return <p className="note">{say('importing.exact')}</p>;
  const order = { E: 0, W: 1, I: 2 } as const;
  const sorted = findings
    .map((finding, index) => ({ finding, index }))
    .toSorted((a, b) => order[a.finding.severity] - order[b.finding.severity]);
  return (
    <>
      <h2>{say('importing.findings', { count: findings.length })}</h2>
      <div
        className="wide-table"
        role="region"
        aria-label={say('importing.findings', { count: findings.length })}
        tabIndex={0}
      >
        <table className="side-by-side">
          <thead>
            <tr>
              <th scope="col">{say('importing.original')}</th>
              <th scope="col">{say('importing.readAs')}</th>
              <th scope="col">{say('importing.looked')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ finding, index }) => (
              <tr key={index} className={LOOKS[finding.severity]}>
                <td>
                  <span className="where">{finding.at === null ? '' : sourceText(finding.at)[language]}</span>
                  <PassageOf passage={passages[index] ?? null} original={finding.original} />
                </td>
                <td>
                  <span className="where" lang="zh-CN">
                    {placeWords(report, finding.place, say)}
                  </span>
                  <span aria-hidden="true">{MARKS[finding.severity]} </span>
                  <span lang={language === 'zh' ? undefined : 'en'}>{finding.message[language]}</span>
                </td>
                <td>
                  {finding.severity !== 'I' && (
                    <label>
                      <input
                        type="checkbox"
                        checked={looked.has(index)}
                        onChange={(event) => look(index, event.target.checked)}
                      />
                      <span>{say('importing.haveLooked')}</span>
                    </label>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface FigureListProps {
  readonly report: AnnualReport;
  readonly sources: Readonly<Record<string, CellSource>>;
}

/** Every figure as it stood in the file and as it was read. */
export function FigureList({ report, sources }: FigureListProps) {
  const { say, language } = useWords();
  const tables = formatById(report.format)?.tables ?? [];
  return (
    <details>
      <summary>{say('importing.everyFigure')}</summary>
      {tables.map((table) => (
        <div key={table.id} className="wide-table" role="region" aria-label={table.name} tabIndex={0}>
          <table>
            <caption lang="zh-CN">{table.name}</caption>
            <thead>
              <tr>
                <th scope="col">{say('year.place')}</th>
                <th scope="col">{say('importing.where')}</th>
                <th scope="col">{say('importing.original')}</th>
                <th scope="col">{say('importing.readAs')}</th>
              </tr>
            </thead>
            <tbody lang="zh-CN">
              {cellsOf(table).map((place) => {
                const cell = report.tables[table.id]?.[place.id];
                const source = sources[place.id];
                return (
                  <tr key={place.id}>
                    <th scope="row">{cellName(place)}</th>
                    <td lang={language === 'zh' ? 'zh-CN' : 'en'}>
                      {source === undefined ? '—' : sourceText(source.at)[language]}
                    </td>
                    <td>{source?.original ?? '—'}</td>
                    <td className={cell?.state === 'value' ? '' : 'warn'}>
                      {cell === undefined || cell.state === 'unfilled' ? (
                        <span lang={language === 'zh' ? 'zh-CN' : 'en'}>{say('grid.unfilled')}</span>
                      ) : (
                        printCell(place.column.kind, cell)
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      ))}
    </details>
  );
}

interface CarriedChangesProps {
  readonly year: number;
  readonly report: AnnualReport;
  readonly changes: readonly CarriedChange[];
}

/** What changes on the way from last year's words to this year's draft: years moved on, figures taken out. */
export function CarriedChanges({ year, report, changes }: CarriedChangesProps) {
  const { say } = useWords();
  const years = changes.filter(({ replacement }) => /^\d{4}$/.test(replacement)).length;
  return (
    <details>
      <summary>{say('importing.carried', { year, years, figures: changes.length - years })}</summary>
      <ol className="changes" lang="zh-CN">
        {changes.map(({ place, original, replacement }, index) => (
          <li key={index}>
            <span className="where">{placeWords(report, place, say)}</span>
            <span>
              <del>{original}</del> <ins>{replacement}</ins>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
