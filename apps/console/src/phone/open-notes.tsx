import type { Names } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { type Note, notedLegs, peopleIn, readNotes } from '../api/notes.js';
import { read } from '../api/send.js';
import { useMe } from '../api/session.js';
import { useActing } from '../case/acting.js';
import { notePlaceWords, quoteOf } from '../case/note-places.js';
import { ActingNotes } from '../case/sign-fields.js';
import { tell } from '../shell/told.js';
import { momentText } from '../words/dates.js';
import { useWords } from '../words/words.js';
import { type Loaded, useLoad } from './use-load.js';

/** The notes of a case that are open, and whoever wrote them. */
export interface OpenNotes {
  readonly notes: readonly Note[];
  readonly names: Names;
}

const NOBODY: Names = { people: [], organs: [], offices: [] };

/** Reads what is open of a case, in the legs one may see. */
export function useOpenNotes(file: CaseFile): Loaded<OpenNotes> {
  const { line, current, review } = file;
  return useLoad(
    `notes ${line.case} ${line.leg} ${current.notes} ${review?.notes}`,
    async (signal): Promise<OpenNotes> => {
      const notes = (await readNotes(file, signal, notedLegs(file))).filter(({ state }) => state === 'open');
      const people = peopleIn(notes).join(',');
      return { notes, names: people === '' ? NOBODY : await read<Names>(`/names?people=${people}`, signal) };
    },
  );
}

/** Those that must be settled before anybody signs this stage. */
export const blocking = ({ notes }: OpenNotes, stage: string | null): readonly Note[] =>
  notes.filter(({ blocks }) => blocks !== null && blocks === stage);

interface OpenNotesProps {
  readonly file: CaseFile;
  readonly open: OpenNotes;
  readonly reload: () => void;
}

/** What is open, each with its place and the words it is about, and what can be done about it here. */
export function OpenNotesSection({ file, open, reload }: OpenNotesProps) {
  const { say } = useWords();
  if (open.notes.length === 0) return null;
  return (
    <section aria-labelledby="open-notes">
      <h2 id="open-notes" tabIndex={-1}>
        {say('note.openHere', { count: open.notes.length })}
      </h2>
      <ul className="findings">
        {open.notes.map((note) => (
          <li key={note.note} className="warn">
            <OneNote note={note} file={file} names={open.names} reload={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OneNoteProps extends Pick<OpenNotesProps, 'file' | 'reload'> {
  readonly note: Note;
  readonly names: Names;
}

function OneNote({ note, file, names, reload }: OneNoteProps) {
  const { say, language } = useWords();
  const me = useMe();
  const quote = quoteOf(note);
  const { suggestion, events, author } = note;
  return (
    <>
      <span className="where" lang="zh-CN">
        {notePlaceWords(note, file.frame, say)}
        {quote !== null && ` “${quote}”`}
      </span>
      <span lang="zh-CN">{note.text}</span>
      {suggestion !== null && (
        <span>
          {say(suggestion === '' ? 'note.strike' : 'note.suggested')} <ins lang="zh-CN">{suggestion}</ins>
        </span>
      )}
      <span className="soft">
        <span lang="zh-CN">{author === me.person ? say('note.own') : nameOf(names, author)}</span>{' '}
        {momentText(note.at, language)}
        {note.fromEarlierRound && ` · ${say('note.earlier')}`}
      </span>
      {events.map((event, index) => (
        <span key={index} className="soft">
          {say(`note.event.${event.kind}`, { who: nameOf(names, event.by), at: momentText(event.at, language) })}
          {event.text !== null && <span lang="zh-CN"> {event.text}</span>}
        </span>
      ))}
      {note.blocks === file.current.stage && file.current.signable.length > 0 && (
        <Settle note={note} file={file} reload={reload} />
      )}
    </>
  );
}

/** Settling a note of one's own stage. Longer answers are written at the desk. */
function Settle({ note, file, reload }: Omit<OneNoteProps, 'names'>) {
  const { say } = useWords();
  const { act, isBusy, isWaiting, wrong } = useActing(() => {
    tell((now) => now('note.done.resolution'));
    reload();
  });
  const path = `/${note.leg}-cases/${file.line.case}/notes/${note.note}/resolution`;
  return (
    <>
      <button
        type="button"
        className="button wide"
        aria-disabled={isBusy}
        onClick={() => void act({ path, body: { text: null }, receipt: null })}
      >
        {isBusy ? say('verb.acting') : say('note.act.resolution')}
      </button>
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
    </>
  );
}
