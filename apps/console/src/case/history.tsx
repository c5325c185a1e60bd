import type { LegCase } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { momentText } from '../words/dates.js';
import { type Say, useWords } from '../words/words.js';

interface Event {
  readonly at: string;
  readonly text: string;
}

/** What happened to a case in this round, oldest first, and the digests by which it is proved. */
export function History({ file }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const legs = [file.review, file.current].filter((leg) => leg !== null);
  const events = legs.flatMap((leg) => eventsOf(leg, file, say)).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const { current } = file;
  return (
    <>
      {events.length === 0 && <p>{say('history.none')}</p>}
      <ol className="rail">
        {events.map(({ at, text }, index) => (
          <li key={index}>
            <span className="soft">{momentText(at, language)}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <h2>{say('history.evidence')}</h2>
      <dl className="digests">
        <dt>{say('history.content')}</dt>
        <dd>{current.content}</dd>
        <dt>{say('history.route')}</dt>
        <dd>{current.route}</dd>
        {current.notice !== null && (
          <>
            <dt>{say('history.notice')}</dt>
            <dd>{current.notice}</dd>
          </>
        )}
        <dt>{say('history.bundle')}</dt>
        <dd>{current.bundle ?? say('history.noBundle')}</dd>
      </dl>
    </>
  );
}

function eventsOf(leg: LegCase, { names, line }: CaseFile, say: Say): Event[] {
  const stageName = (id: string): string => leg.stages.find((stage) => stage.id === id)?.name ?? id;
  const signed = leg.seats.flatMap(({ stage, signedBy, signedAt }): Event[] =>
    signedAt === null
      ? []
      : [{ at: signedAt, text: say('history.signed', { who: nameOf(names, signedBy), stage: stageName(stage) }) }],
  );
  const viewed = leg.views.map(({ person, at, content }): Event => ({
    at,
    text: say(content === leg.content ? 'history.viewed' : 'history.viewedOther', { who: nameOf(names, person) }),
  }));
  const back = leg.sentBack.map(({ by, at, from, to, reason }): Event => ({
    at,
    text: say('history.sentBack', { who: nameOf(names, by), from: stageName(from), to: stageName(to), reason }),
  }));
  const ended: Event[] =
    leg.ended === null
      ? []
      : [
          {
            at: leg.ended.at,
            text: say(`history.ended.${leg.ended.kind}`, {
              who: nameOf(names, leg.ended.by),
              reason: leg.ended.reason,
              organ: line.organName,
            }),
          },
        ];
  return [...signed, ...viewed, ...back, ...ended];
}
