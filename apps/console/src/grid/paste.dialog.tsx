import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { printCell } from '#report/cell-text';
import { cellName } from '#report/format';
import type { FormatDefinition, TableDefinition } from '#report/format-definition';
import { useLocks, useOpenDraft } from '../drafting/open-draft.js';
import { Dialog } from '../shell/dialog.js';
import { useWords } from '../words/words.js';
import type { ClipCell } from './clipboard-text.js';
import type { GridPlace } from './grid-place.js';
import { LeftCells } from './left-cells.js';
import { type Dashes, hasLabels, type PastePlan, pastePlan, tableSize } from './paste-plan.js';
import { placeOfCell } from './table-rows.js';

interface PasteDialogProps {
  readonly clip: readonly (readonly ClipCell[])[];
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly place: GridPlace;
  readonly onClose: () => void;
}

/** What a paste would do, figure by figure; nothing is written before it is confirmed. */
export function PasteDialog({ clip, format, table, place, onClose }: PasteDialogProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const knows = useMemo(() => hasLabels(clip, table), [clip, table]);
  const [by, setBy] = useState<PastePlan['by']>(knows ? 'labels' : 'position');
  const [dashes, setDashes] = useState<Dashes>('unfilled');
  const at = placeOfCell(table, place.active) ?? { row: 0, column: 0 };
  const locks = useLocks();
  const cells = draft.report.tables[table.id]!;
  const isLeft = locks?.isLeft ?? NOTHING_LEFT;
  const plan = pastePlan(clip, by, dashes, { format, table, cells, at, isLeft });
  const wanted = tableSize(table);
  const write = (): void => {
    draft.writeCells(table.id, Object.fromEntries(plan.writes.map(({ place: { id }, cell }) => [id, cell])));
    onClose();
  };
  return (
    <Dialog title={say('paste.title')} onClose={onClose}>
      <p>{say('paste.size', { rows: plan.size.rows, columns: plan.size.columns, ...sizes(wanted) })}</p>
      <fieldset className="choices">
        <legend>{say('paste.how')}</legend>
        <label>
          <input type="radio" name="by" checked={by === 'labels'} disabled={!knows} onChange={() => setBy('labels')} />
          <span>
            {say(knows ? 'paste.byLabels' : 'paste.noLabels')}
            {by === 'labels' && ` ${say('paste.recognised', { ...plan.recognised, ...sizes(wanted) })}`}
          </span>
        </label>
        <label>
          <input type="radio" name="by" checked={by === 'position'} onChange={() => setBy('position')} />
          <span>{say('paste.byPosition')}</span>
        </label>
      </fieldset>
      {plan.dashes.length > 0 && (
        <fieldset className="choices">
          <legend>{say('paste.dashes', { count: plan.dashes.length, text: plan.dashes[0]?.text.trim() ?? '' })}</legend>
          <label>
            <input type="radio" name="dashes" checked={dashes === 'zero'} onChange={() => setDashes('zero')} />
            <span>{say('paste.dashesZero')}</span>
          </label>
          <label>
            <input type="radio" name="dashes" checked={dashes === 'unfilled'} onChange={() => setDashes('unfilled')} />
            <span>{say('paste.dashesUnfilled')}</span>
          </label>
        </fieldset>
      )}
      <Effects plan={plan} />
      <div className="acts">
        {plan.writes.length > 0 && (
          <Button type="primary" onClick={write}>
            {say('paste.act', { count: plan.writes.length })}
          </Button>
        )}
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}

const NOTHING_LEFT = (): boolean => false;
const sizes = ({ rows, columns }: { readonly rows: number; readonly columns: number }) => ({
  formRows: rows,
  formColumns: columns,
});

const NOTES = ['characters', 'separators', 'counter', 'numeral', 'unit', 'sign'] as const;

function Effects({ plan }: { readonly plan: PastePlan }) {
  const { say } = useWords();
  const tidied = NOTES.flatMap((note) => {
    const count = plan.writes.filter((write) => write.note === note).length;
    return count === 0 ? [] : [say(`paste.notes.${note}`, { count })];
  });
  return (
    <>
      {plan.writes.length === 0 && <p className="note warn">{say('paste.nothing')}</p>}
      {tidied.length > 0 && <p>{say('paste.tidied', { list: tidied.join(say('seat.comma')) })}</p>}
      <LeftCells left={plan.left} />
      {plan.overwritten > 0 && <p>{say('paste.overwrites', { count: plan.overwritten })}</p>}
      {plan.agreeing > 0 && <p>{say('paste.totals', { count: plan.agreeing })}</p>}
      {plan.outside > 0 && <p className="note warn">{say('paste.outside', { count: plan.outside })}</p>}
      {plan.differing.map(({ place, pasted, made }) => (
        <p key={place.id} className="note warn">
          <span lang="zh-CN">{cellName(place)}</span> {say('paste.differing', { pasted, made })}
        </p>
      ))}
      {plan.unreadable.map(({ place, text }, index) => (
        <p key={index} className="note warn">
          {place !== null && <span lang="zh-CN">{cellName(place)} </span>}
          {say('paste.unreadable', { text })}
        </p>
      ))}
      {plan.writes.length > 0 && (
        <details>
          <summary>{say('paste.list', { count: plan.writes.length })}</summary>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say('year.place')}</th>
                <th scope="col">{say('paste.pasted')}</th>
                <th scope="col">{say('paste.becomes')}</th>
              </tr>
            </thead>
            <tbody lang="zh-CN">
              {plan.writes.map(({ place, text, cell }) => (
                <tr key={place.id}>
                  <th scope="row">{cellName(place)}</th>
                  <td>{text.trim()}</td>
                  <td>{printCell(place.column.kind, cell)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
