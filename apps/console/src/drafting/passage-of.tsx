import type { Passage, PassageCell } from '#report/readers/passages';
import { useWords } from '../words/words.js';

interface PassageOfProps {
  readonly passage: Passage | null;
  /** The words in doubt by themselves, where no place of the file is known. */
  readonly original: string;
}

/** What stands in the file, the doubtful place marked, so that nobody has to open the file beside it. */
export function PassageOf({ passage, original }: PassageOfProps) {
  const { say } = useWords();
  if (passage === null) return <span lang="zh-CN">{original}</span>;
  const { kind, before, rows, after } = passage;
  return (
    <div className="passage" lang="zh-CN">
      {before !== '' && <p className="soft">{before}</p>}
      {kind === 'table' ? (
        <table aria-label={say('importing.inTable')}>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column} className={cell.isDoubtful ? 'doubtful' : undefined}>
                    <Parts cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        rows.flat().map((cell, at) => (
          <p key={at}>
            <Parts cell={cell} />
          </p>
        ))
      )}
      {after !== '' && <p className="soft">{after}</p>}
    </div>
  );
}

const Parts = ({ cell }: { readonly cell: PassageCell }) =>
  cell.parts.map(({ text, isDoubtful }, at) =>
    isDoubtful ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
