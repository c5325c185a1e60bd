import { Button } from 'antd';
import { useState } from 'react';
import { cellsOf } from '#report/format';
import type { FormatDefinition, TableDefinition } from '#report/format-definition';
import { zeroSentence } from '#report/prose/zero-sentence';
import { useLocks, useOpenDraft, usePart } from '../drafting/open-draft.js';
import { Dialog } from '../shell/dialog.js';
import { useWords } from '../words/words.js';
import { readEntry } from './entry.js';
import { LeftCells, partedByLock } from './left-cells.js';
import { isTotal } from './totals.js';

interface ZeroDialogProps {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly onClose: () => void;
}

/** The drafter states that nothing of the kind happened: every blank becomes a 0 he answers for. */
export function ZeroDialog({ format, table, onClose }: ZeroDialogProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const cells = usePart((report) => report.tables[table.id]!);
  const locks = useLocks();
  const found = cellsOf(table).filter(({ id }) => cells[id]?.state === 'unfilled' && !isTotal(format, table, id));
  const [blanks, left] = locks === null ? [found, []] : partedByLock(found, locks.isLeft);
  const [isSaying, setSaying] = useState(false);
  const sentence = zeroSentence(draft.report, table.id);
  const write = (): void => {
    const zeros = blanks.map(({ id, column }) => [id, readEntry(column.kind, '0').cell] as const);
    if (sentence !== null && isSaying)
      draft.writeChapter(sentence.chapter, (chapter) => ({
        ...chapter,
        paragraphs: [...chapter.paragraphs, sentence.text],
      }));
    draft.writeCells(table.id, Object.fromEntries(zeros));
    onClose();
  };
  return (
    <Dialog title={say('grid.zero')} onClose={onClose}>
      <p>
        {blanks.length === 0
          ? say('grid.noBlanks')
          : say('grid.zeroStatement', {
              table: say(`grid.names.${table.id as 't2' | 't3' | 't4'}`),
              count: blanks.length,
            })}
      </p>
      <LeftCells left={left} />
      {blanks.length > 0 && sentence !== null && locks === null && (
        <p className="choices">
          <label>
            <input type="checkbox" checked={isSaying} onChange={(event) => setSaying(event.target.checked)} />
            <span>
              {say('grid.zeroSentence')} <q lang="zh-CN">{sentence.text}</q>
            </span>
          </label>
        </p>
      )}
      <div className="acts">
        {blanks.length > 0 && (
          <Button type="primary" onClick={write}>
            {say('grid.zeroAct', { count: blanks.length })}
          </Button>
        )}
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}
