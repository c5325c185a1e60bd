import { memo, useDeferredValue } from 'react';
import type { FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Cells } from '#report/model';
import { usePart } from '../drafting/open-draft.js';
import { useWords } from '../words/words.js';
import { type Balance, balances } from './totals.js';

const MARKS = { holds: '✓', differs: '✕', open: '…' } as const;
const LOOKS = { holds: 'good', differs: 'bad', open: 'soft' } as const;

interface BalanceStripProps {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
}

/** 勾稽: how every sum of the form stands, told for each column or group; sums that hold in passing are not listed. Drawn after the figure. */
export function BalanceStrip({ format, table }: BalanceStripProps) {
  const cells = useDeferredValue(usePart((report) => report.tables[table.id]!));
  return <Balances format={format} table={table} cells={cells} />;
}

const Balances = memo(function Balances({ format, table, cells }: BalanceStripProps & { readonly cells: Cells }) {
  const { say } = useWords();
  const all = balances(format, table, cells);
  if (all.length === 0) return null;
  const shown = all.filter((one) => !isTotalLine(one) || table.id === 't4' || one.state === 'differs');
  return (
    <section className="balances" aria-label={say('grid.balances')}>
      <h3>{say('grid.balances')}</h3>
      <ul>
        {shown.map((one) => (
          <li key={`${one.identity.name}/${one.line}`} className={LOOKS[one.state]}>
            <span lang="zh-CN">
              {lineName(table, one)} <span className="soft">{one.identity.name}</span>
            </span>{' '}
            <span aria-hidden="true">{MARKS[one.state]}</span>{' '}
            {one.state === 'open'
              ? say('grid.open')
              : say(one.state === 'holds' ? 'grid.holds' : 'grid.differs', {
                  left: one.leftSum ?? '',
                  right: one.rightSum ?? '',
                })}
          </li>
        ))}
      </ul>
    </section>
  );
});

/** A sum that defines one cell: the table shows it in its total. */
const isTotalLine = ({ left }: Balance): boolean => left.length === 1;

function lineName(table: TableDefinition, { identity, line }: Balance): string {
  const lines = table.blocks.flatMap(({ rows, columns }) =>
    identity.across === 'columns'
      ? rows.map(({ id, labels }) => ({ id, name: labels.at(-1) ?? '' }))
      : columns.map(({ id, label }) => ({ id, name: label })),
  );
  return lines.find(({ id }) => id === line)?.name ?? '';
}
