import { useState } from 'react';
import type { Seat } from '../../api/answers.js';
import { legPathOf, takeBack } from '../../case/acting.js';
import { openQuestions } from '../../case/verbs.js';
import { useMe } from '../../api/session.js';
import { fromWallTime, momentText, wallTime } from '../../words/dates.js';
import { whoMaySign } from '../../words/office-words.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from './act-dialog.js';
import type { VerbProps } from './person-dialogs.js';

interface SeatChoiceProps {
  readonly file: VerbProps['file'];
  readonly seats: readonly Seat[];
  readonly value: string;
  readonly onChoose: (seat: string) => void;
}

/** Which of several seats; nothing where there is one. */
function SeatChoice({ file, seats, value, onChoose }: SeatChoiceProps) {
  const { say } = useWords();
  return (
    <fieldset className="checklist">
      <legend>{say('verb.seat')}</legend>
      {seats.map((seat) => (
        <label key={seat.seat}>
          <input type="radio" name="seat" checked={seat.seat === value} onChange={() => onChoose(seat.seat)} />
          <span lang="zh-CN">
            {file.current.stages.find(({ id }) => id === seat.stage)?.name} · {whoMaySign(seat, file.names, say)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface SeatVerbProps extends VerbProps {
  readonly verb: 'takeBack' | 'removeSigner' | 'urge';
}

/** 拿回、减签、催办: each is about one seat. */
export function SeatDialog({ file, onClose, verb }: SeatVerbProps) {
  const { say } = useWords();
  const { current, line } = file;
  const seats = current.seats.filter(({ seat, state }) => {
    if (verb === 'urge') return state === 'open';
    return (verb === 'takeBack' ? current.takeable : current.removable).includes(seat);
  });
  const [chosen, choose] = useState(seats[0]?.seat ?? '');
  return (
    <ActDialog
      title={say(`verb.${verb}`)}
      help={say(`verb.${verb}Help`)}
      button={say(`verb.${verb}`)}
      told={(now) => now(`verb.${verb}Done`)}
      onClose={onClose}
      prepare={() => {
        if (verb === 'takeBack') return takeBack(file, chosen);
        if (verb === 'urge') return { path: `${legPathOf(line)}/urges`, body: { seat: chosen }, receipt: null };
        const body = { seat: chosen, content: current.content };
        return { path: `${legPathOf(line)}/removed-signers`, body, receipt: null };
      }}
    >
      <SeatChoice file={file} seats={seats} value={chosen} onChoose={choose} />
    </ActDialog>
  );
}

/** 推迟: to a later moment than now set, never an earlier one. */
export function PostponeDialog({ file, onClose }: VerbProps) {
  const { say, language } = useWords();
  const { current, line } = file;
  const [until, setUntil] = useState(current.releaseAt === null ? '' : wallTime(current.releaseAt));
  return (
    <ActDialog
      title={say('verb.postpone')}
      help={say('verb.postponeHelp', {
        at: current.releaseAt === null ? '—' : momentText(current.releaseAt, language),
      })}
      button={say('verb.postpone')}
      told={(now) => now('verb.postponeDone')}
      onClose={onClose}
      prepare={() => {
        const instant = fromWallTime(until);
        if (instant === null) return (now) => now('verb.untilNeeded');
        const body = { content: current.content, until: instant };
        return { path: `${legPathOf(line)}/postponement`, body, receipt: null };
      }}
    >
      <p className="field">
        <label htmlFor="until">{say('verb.until')}</label>
        <input
          id="until"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          required
        />
      </p>
    </ActDialog>
  );
}

const LONGEST = 4000;

/** The opinion one was asked for. */
export function OpinionDialog({ file, onClose }: VerbProps) {
  const { say } = useWords();
  const me = useMe();
  const [asked] = openQuestions(file.current, me.person);
  const [opinion, setOpinion] = useState('');
  return (
    <ActDialog
      title={say('verb.opine')}
      help={say('verb.opineHelp')}
      button={say('verb.opine')}
      told={(now) => now('verb.opineDone')}
      onClose={onClose}
      prepare={() => {
        if (opinion.trim() === '' || asked === undefined) return (now) => now('verb.opinionNeeded');
        const body = { consultation: asked.id, opinion: opinion.trim() };
        return { path: `${legPathOf(file.line)}/opinions`, body, receipt: null };
      }}
    >
      <blockquote lang="zh-CN">{asked?.question}</blockquote>
      <p className="field">
        <label htmlFor="opinion">{say('verb.opinion')}</label>
        <textarea
          id="opinion"
          rows={5}
          maxLength={LONGEST}
          value={opinion}
          onChange={(event) => setOpinion(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
