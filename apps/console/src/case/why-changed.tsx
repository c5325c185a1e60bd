import type { ReportChanges } from '#report/notice/report-changes';
import type { Report } from '../api/answers.js';
import { useWords } from '../words/words.js';

type Correction = NonNullable<Report['correction']>;

/** Parts of a report that the public is told of as one: period, scope, organ and contact details. */
const DATA = ['scope', 'title', 'preface'];

/** True for an opened place that a change the public is told of is in. */
function isOf(place: string, change: string): boolean {
  if (change === 'data') return DATA.includes(place);
  const chapter = change.replace(/\.title$/, '');
  return place === change || place === chapter || place.startsWith(`${change}.`);
}

/** Beside one change of a correction: that it began there, why it was opened as well, or that it follows from another. */
export function WhyChanged({
  correction,
  change,
}: {
  readonly correction: Correction | null;
  readonly change: string;
}) {
  const { say, language } = useWords();
  if (correction === null) return null;
  const found = correction.opened.filter(({ place }) => isOf(place, change));
  return (
    <span className="soft why" lang={language === 'zh' ? 'zh-CN' : 'en'}>
      {found.length === 0 && say('lock.follows')}
      {found.map(({ place, reason }) => (
        <span key={place}>{reason === null ? say('lock.began') : say('lock.because', { reason })} </span>
      ))}
    </span>
  );
}

/** Every change the public is told of, in one list; `at`: the cell, or the part of the text. */
export const changesTold = ({ cells, texts }: ReportChanges) => [
  ...cells.map((change) => ({ ...change, at: change.cell })),
  ...texts.map((change) => ({ ...change, at: change.place })),
];
