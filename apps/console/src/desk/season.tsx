import { dayText } from '../words/dates.js';
import { type Say, useWords } from '../words/words.js';
import type { Deadlines } from '../api/answers.js';
import { useDeadlines } from './queries.js';

type Deadline = Deadlines['items'][number];

/** A day of the calendar, at noon in China. */
const noon = (day: string): string => `${day}T12:00:00+08:00`;

/** What is left until the statutory dates that come next; nothing while it is not known, or for whoever reports to nobody. */
export function Season() {
  const { say, language } = useWords();
  const { data } = useDeadlines();
  return data?.items.map((deadline) => (
    <p key={deadline.of} className="season">
      <strong>{say('season.of', { year: deadline.year, whose: say(`season.${deadline.of}`) })}</strong>{' '}
      {left(deadline, say, (day) => dayText(noon(day), language))}
      {!deadline.isCounted && (
        <span className="soft"> {say('season.uncounted', { year: deadline.date.slice(0, 4) })}</span>
      )}
    </p>
  ));
}

function left({ workdaysLeft: count, date, lastWorkday }: Deadline, say: Say, textOf: (day: string) => string): string {
  const dates = { date: textOf(date), last: textOf(lastWorkday) };
  if (count <= 0) return say(count === 0 ? 'season.today' : 'season.over', dates);
  return say(lastWorkday === date ? 'season.left' : 'season.leftBefore', { ...dates, count });
}
