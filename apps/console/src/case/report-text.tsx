import { type AnnualReport, chapterHeading } from '#report/model';
import { type PrintedCell, type PrintedTable, printedTables } from '#report/printed-tables';
import { useWords } from '../words/words.js';
import { type Candidates, linesOf } from './candidates.js';
import { Marked } from './marked.js';

/** What is marked in a text: places with a note, by cell id or passage; what may be confidential; and what a press on a figure does. */
interface Marks {
  readonly noted?: ReadonlySet<string>;
  readonly candidates: Candidates['inText'] | undefined;
  readonly onCell?: (cell: string, text: string) => void;
}

interface ReportTextProps {
  readonly report: AnnualReport;
  readonly marks?: Marks;
}

/** The id of a place on the page, to go to. */
export const placeId = (place: string): string => `place-${place.replaceAll('.', '-')}`;

/** A report as it will be printed; its tables scroll in themselves. Every place is marked by what notes are bound to. */
export function ReportText({ report, marks }: ReportTextProps) {
  const tables = printedTables(report);
  const marked = (place: string, text: string) => <Marked text={text} candidates={marks?.candidates?.get(place)} />;
  return (
    <article lang="zh-CN" className="report">
      <h2 data-passage="title" id={placeId('title')} className={classOf('title', marks)}>
        {marked('title', report.title)}
      </h2>
      <div id={placeId('preface')} className={classOf('preface', marks)}>
        {linesOf(report.preface).map(({ text, from }) => (
          <p key={from} data-passage={`preface.${from}`}>
            {marked(`preface.${from}`, text)}
          </p>
        ))}
      </div>
      {report.chapters.map((chapter) => {
        const table = tables.find((one) => one.chapter === chapter.no);
        const at = table === undefined ? chapter.paragraphs.length : (chapter.tableAt ?? 0);
        const paragraph = (text: string, index: number) => (
          <p
            key={index}
            data-passage={`${chapter.no}.${index}`}
            id={placeId(`${chapter.no}.${index}`)}
            className={classOf(`${chapter.no}.${index}`, marks)}
          >
            {marked(`${chapter.no}.${index}`, text)}
          </p>
        );
        const paragraphs = chapter.paragraphs.map(paragraph);
        return (
          <section key={chapter.no}>
            <h3 id={placeId(`chapter-${chapter.no}`)} className={classOf(`chapter-${chapter.no}`, marks)}>
              {chapterHeading({ no: chapter.no, title: '' })}
              {marked(`chapter-${chapter.no}`, chapter.title)}
            </h3>
            {paragraphs.slice(0, at)}
            {table !== undefined && <Table table={table} marks={marks} />}
            {paragraphs.slice(at)}
          </section>
        );
      })}
    </article>
  );
}

const classOf = (place: string, marks: Marks | undefined): string => (marks?.noted?.has(place) === true ? 'noted' : '');

function Table({ table, marks }: { readonly table: PrintedTable; readonly marks: Marks | undefined }) {
  return (
    <div className="wide-table" role="region" aria-label={table.caption} tabIndex={0}>
      <table>
        <caption className="hidden">{table.caption}</caption>
        {table.groups.map(({ kind, rows }, index) => {
          const Group = kind === 'head' ? 'thead' : 'tbody';
          return (
            <Group key={index}>
              {rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, place) => (
                    <Cell key={place} cell={cell} marks={marks} />
                  ))}
                </tr>
              ))}
            </Group>
          );
        })}
      </table>
    </div>
  );
}

function Cell({ cell, marks }: { readonly cell: PrintedCell; readonly marks: Marks | undefined }) {
  const { say } = useWords();
  const spans = { colSpan: cell.colSpan, rowSpan: cell.rowSpan };
  if (cell.kind === 'head')
    return (
      <th scope={cell.scope} {...spans}>
        {cell.text}
      </th>
    );
  const { cellId, text } = cell;
  const onCell = marks?.onCell;
  const isNoted = marks?.noted?.has(cellId) === true;
  return (
    <td
      {...spans}
      id={placeId(cellId)}
      className={isNoted ? 'noted' : ''}
      onClick={onCell && (() => onCell(cellId, text))}
    >
      <Marked text={text} candidates={marks?.candidates?.get(cellId)} />
      {isNoted && <span className="hidden">{say('note.marked')}</span>}
    </td>
  );
}
