import { type AnnualReport, chapterHeading } from '#report/model';
import { type PrintedCell, type PrintedTable, printedTables } from '#report/printed-tables';

/** A report as it will be printed; its tables scroll in themselves. */
export function ReportText({ report }: { readonly report: AnnualReport }) {
  const tables = printedTables(report);
  return (
    <article lang="zh-CN" className="report">
      <h2>{report.title}</h2>
      {report.preface.split('\n').map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      {report.chapters.map((chapter) => {
        const table = tables.find((one) => one.chapter === chapter.no);
        const at = chapter.tableAt ?? 0;
        const before = table === undefined ? chapter.paragraphs : chapter.paragraphs.slice(0, at);
        const after = table === undefined ? [] : chapter.paragraphs.slice(at);
        return (
          <section key={chapter.no}>
            <h3>{chapterHeading(chapter)}</h3>
            {before.map((text, index) => (
              <p key={index}>{text}</p>
            ))}
            {table !== undefined && <Table table={table} />}
            {after.map((text, index) => (
              <p key={index}>{text}</p>
            ))}
          </section>
        );
      })}
    </article>
  );
}

function Table({ table }: { readonly table: PrintedTable }) {
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
                    <Cell key={place} cell={cell} />
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

function Cell({ cell }: { readonly cell: PrintedCell }) {
  const spans = { colSpan: cell.colSpan, rowSpan: cell.rowSpan };
  return cell.kind === 'head' ? (
    <th scope={cell.scope} {...spans}>
      {cell.text}
    </th>
  ) : (
    <td {...spans}>{cell.text}</td>
  );
}
