import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { printCell } from '#report/cell-text';
import { cellName, cellsOf, formatById } from '#report/format';
import { type AnnualReport, chapterHeading } from '#report/model';
import { useWords } from '../words/words.js';
import type { Conflict, ConflictPlace } from './merge.js';
import { useOpenDraft } from './open-draft.js';

/** Places somebody else wrote meanwhile: both sides, and one of them is to be taken before anything is saved. */
export function Conflicts() {
  const { say } = useWords();
  const { saving } = useOpenDraft();
  const conflicts = useSyncExternalStore(saving.subscribe, () => saving.conflicts);
  if (conflicts.length === 0) return null;
  return (
    <section className="note warn conflicts" role="alert" aria-labelledby="conflicts">
      <h2 id="conflicts">{say('drafting.conflicts', { count: conflicts.length })}</h2>
      <p>{say('drafting.conflictsHelp')}</p>
      <ul>
        {conflicts.map((conflict, index) => (
          <One key={index} conflict={conflict} />
        ))}
      </ul>
    </section>
  );
}

function One({ conflict }: { readonly conflict: Conflict }) {
  const { say } = useWords();
  const { saving } = useOpenDraft();
  const { place, mine, theirs } = conflict;
  const where = placeName(place, mine);
  const side = (name: 'mine' | 'theirs', text: string) => (
    <div>
      <h3>{say(`drafting.${name}`)}</h3>
      <blockquote lang="zh-CN">{text === '' ? say('grid.unfilled') : text}</blockquote>
      <Button onClick={() => saving.settle(conflict, name)}>
        {say(name === 'mine' ? 'drafting.takeMine' : 'drafting.takeTheirs')}
      </Button>
    </div>
  );
  return (
    <li>
      <strong lang="zh-CN">{where}</strong>
      <div className="sides">
        {side('mine', textAt(place, mine))}
        {side('theirs', textAt(place, theirs))}
      </div>
    </li>
  );
}

function cellPlace(place: Extract<ConflictPlace, { kind: 'cell' }>, report: AnnualReport) {
  const table = formatById(report.format)?.tables.find(({ id }) => id === place.table);
  return table && cellsOf(table).find(({ id }) => id === place.cell);
}

function placeName(place: ConflictPlace, report: AnnualReport): string {
  if (place.kind === 'cell') {
    const found = cellPlace(place, report);
    return found === undefined ? place.cell : cellName(found);
  }
  if (place.kind === 'part') return report.title;
  if (place.kind === 'report') return report.title;
  const chapter = report.chapters.find(({ no }) => no === place.chapter);
  return chapter === undefined ? '' : chapterHeading(chapter);
}

function textAt(place: ConflictPlace, report: AnnualReport): string {
  if (place.kind === 'cell') {
    const cell = report.tables[place.table]?.[place.cell];
    const found = cellPlace(place, report);
    return cell === undefined || found === undefined ? '' : printCell(found.column.kind, cell);
  }
  if (place.kind === 'part') return report[place.part];
  if (place.kind === 'report') return report.format;
  const paragraphs = report.chapters.find(({ no }) => no === place.chapter)?.paragraphs ?? [];
  return place.kind === 'chapter' ? paragraphs.join('\n') : (paragraphs[place.paragraph] ?? '');
}
