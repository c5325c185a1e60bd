import type { LegCase, Seat } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { momentText } from '../words/dates.js';
import { officeWords, whoMaySign } from '../words/office-words.js';
import { useWords } from '../words/words.js';
import { namedPlaceWords } from '../report/place-words.js';
import { reasonIn, senderOf } from './sent-by.js';

const MARKS = { signed: '✓', open: '◷', waiting: '○', spare: '–' } as const;

/** Who signed, who is asked, who comes next: every stage of both legs. */
export function Rail({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const { current, review } = file;
  const seats = [...(review?.seats ?? []), ...current.seats];
  return (
    <section aria-labelledby="route">
      <h2 id="route">{say('case.route')}</h2>
      <ol className="rail">
        {current.stages.map((stage) => (
          <li key={stage.id}>
            <strong lang="zh-CN">{stage.name}</strong>
            <Stage stage={stage} seats={seats.filter((seat) => seat.stage === stage.id)} file={file} />
          </li>
        ))}
      </ol>
      <SentBack file={file} />
      <Opinions file={file} />
    </section>
  );
}

interface StageProps {
  readonly stage: LegCase['stages'][number];
  readonly seats: readonly Seat[];
  readonly file: CaseFile;
}

/** The seats of a stage; of one whose leg has not begun those who will be asked, as the route and the offices say now. */
function Stage({ stage: { slots, need }, seats, file }: StageProps) {
  const { say } = useWords();
  if (seats.length === 0)
    return (
      <>
        {slots.map((slot, index) => (
          <span key={index} className="seat waiting">
            <span aria-hidden="true">{MARKS.waiting} </span>
            {say('seat.waiting', { who: whoMaySign(slot, file.names, say) })}
          </span>
        ))}
        {need !== 'all' && need < slots.length && (
          <span className="soft">{say('drafting.need', { need, of: slots.length })}</span>
        )}
      </>
    );
  return (
    <>
      {seats.map((seat) => (
        <SeatLine key={seat.seat} seat={seat} file={file} />
      ))}
    </>
  );
}

function SeatLine({ seat, file: { current, review, names } }: { readonly seat: Seat; readonly file: CaseFile }) {
  const { say, language } = useWords();
  const views = [...(review?.views ?? []), ...current.views];
  const read = seat.state === 'open' ? views.findLast((view) => mayHaveRead(seat, view, current, names)) : undefined;
  return (
    <span className={`seat ${seat.state}`}>
      <span aria-hidden="true">{MARKS[seat.state]} </span>
      {seatText()}
      {seat.addedBy !== null && ` · ${say('seat.added')}`}
      {read !== undefined && ` · ${readText(read)}`}
    </span>
  );

  /** Who read it is named only where several may. */
  function readText({ person, at: instant }: LegCase['views'][number]): string {
    const at = momentText(instant, language);
    return mayReadAlone(seat, names)
      ? say('seat.readOwn', { at })
      : say('seat.read', { who: nameOf(names, person), at });
  }

  function seatText(): string {
    if (seat.signedBy === null || seat.signedAt === null)
      return say(`seat.${seat.state === 'signed' ? 'open' : seat.state}`, { who: whoMaySign(seat, names, say) });
    const facts = { who: nameOf(names, seat.signedBy), at: momentText(seat.signedAt, language) };
    return seat.signedFor === null
      ? say('seat.signed', facts)
      : say('seat.signedFor', { ...facts, principal: nameOf(names, seat.signedFor) });
  }
}

const holdersOf = ({ role, organ }: Seat, names: CaseFile['names']) =>
  names.offices.find(({ office }) => office === `${role}@${organ}`)?.holders ?? [];

/** True when one person alone can sign the seat, who stands before it by name. */
const mayReadAlone = (seat: Seat, names: CaseFile['names']): boolean =>
  seat.person !== null || holdersOf(seat, names).length === 1;

/** Somebody who could sign the seat opened this very content. */
function mayHaveRead(
  seat: Seat,
  view: LegCase['views'][number],
  { content }: LegCase,
  names: CaseFile['names'],
): boolean {
  if (view.content !== content) return false;
  if (seat.person !== null) return view.person === seat.person;
  return holdersOf(seat, names).some((holder) => holder.person === view.person);
}

function SentBack({ file: { current, names, frame } }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const stageName = (id: string | null): string => current.stages.find((stage) => stage.id === id)?.name ?? id ?? '—';
  if (current.sentBack.length === 0) return null;
  return (
    <>
      <h3>{say('case.sentBack')}</h3>
      <ul className="plain">
        {current.sentBack.map(({ by, at, from, to, reason, because, place }) => (
          <li key={at}>
            {say('case.sentBackLine', {
              who: senderOf({ by }, names, say),
              at: momentText(at, language),
              from: stageName(from),
              to: stageName(to),
              reason: reasonIn({ reason, because }, language),
            })}
            {place !== null && (
              <span className="soft"> {say('case.place', { place: namedPlaceWords(frame, place, say) })}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Opinions({ file: { current, names } }: { readonly file: CaseFile }) {
  const { say } = useWords();
  if (current.consultations.length === 0) return null;
  return (
    <>
      <h3>{say('case.consulted')}</h3>
      <ul className="plain">
        {current.consultations.map(({ id, question, opinion, person, answeredByName }) => (
          <li key={id} lang="zh-CN">
            {opinion === null
              ? say('case.awaitingOpinion', { question })
              : say('case.opinion', { who: answeredByName ?? nameOf(names, person), opinion })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The stage nobody can complete any more, with the offices it lacks by name. */
export function Blocked({ file: { current, names } }: { readonly file: CaseFile }) {
  const { say } = useWords();
  if (current.blocked === null) return null;
  const { stage, seats } = current.blocked;
  const lacking = seats.map((office) => (office.includes('@') ? officeWords(office, names, say) : office));
  const name = current.stages.find(({ id }) => id === stage)?.name ?? stage;
  return (
    <p className="note bad">
      <span aria-hidden="true">✕ </span>
      {say('case.blocked', { stage: name, seats: lacking.join(say('seat.comma')) })}
    </p>
  );
}
