import type { LegCase } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { momentText } from '../words/dates.js';
import { type Say, useWords } from '../words/words.js';
import { reasonIn, senderOf } from './sent-by.js';

interface Event {
  readonly at: string;
  readonly text: string;
}

/** What happened to a case in this round, oldest first, and the digests by which it is proved. */
export function History({ file }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const legs = [file.review, file.current].filter((leg) => leg !== null);
  const events = legs.flatMap((leg) => eventsOf(leg, file, say, language)).toSorted((a, b) => (a.at < b.at ? -1 : 1));
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

function eventsOf(leg: LegCase, { names, line }: CaseFile, say: Say, language: 'zh' | 'en'): Event[] {
  const stageName = (id: string | null): string => leg.stages.find((stage) => stage.id === id)?.name ?? id ?? '—';
  const signed = leg.seats.flatMap(({ stage, signedBy, signedAt }): Event[] =>
    signedAt === null
      ? []
      : [{ at: signedAt, text: say('history.signed', { who: nameOf(names, signedBy), stage: stageName(stage) }) }],
  );
  const viewed = leg.views.map(({ person, at, content }): Event => ({
    at,
    text: say(content === leg.content ? 'history.viewed' : 'history.viewedOther', { who: nameOf(names, person) }),
  }));
  const back = leg.sentBack.map((one): Event => {
    const about = { who: senderOf(one, names, say), reason: reasonIn(one, language) };
    return {
      at: one.at,
      text: say('history.sentBack', { ...about, from: stageName(one.from), to: stageName(one.to) }),
    };
  });
  const ended: Event[] =
    leg.ended === null
      ? []
      : [
          {
            at: leg.ended.at,
            text: say(`history.ended.${leg.ended.kind}`, {
              who: senderOf(leg.ended, names, say),
              reason: reasonIn(leg.ended, language),
              organ: line.organName,
            }),
          },
        ];
  return [...signed, ...viewed, ...back, ...ended];
}
