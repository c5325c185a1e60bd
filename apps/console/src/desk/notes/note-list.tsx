import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { CaseFile } from '../../api/case-file.js';
import type { Note } from '../../api/notes.js';
import { useMe } from '../../api/session.js';
import { markOf, notePlaceWords, quoteOf } from '../../case/note-places.js';
import { momentText } from '../../words/dates.js';
import { useWords } from '../../words/words.js';
import { useNotes, usePeopleNames } from '../queries.js';
import { NoteActs } from './note-acts.js';

interface NoteListProps {
  readonly file: CaseFile;
  readonly onShow: (mark: string) => void;
  /** Makes a new one. */
  readonly onMake: (() => void) | null;
}

/** The notes of a case: the open ones first, each with what was answered and what can be done about it. */
export function NoteList({ file, onShow, onMake }: NoteListProps) {
  const { say } = useWords();
  const notes = useNotes(file).data ?? [];
  const open = notes.filter(({ state }) => state === 'open');
  const closed = notes.filter(({ state }) => state !== 'open');
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{say('note.title', { count: open.length })}</h2>
      {onMake !== null && <Button onClick={onMake}>{say('note.make')}</Button>}
      <ul className="note-list">
        {open.map((note) => (
          <NoteItem key={note.note} note={note} file={file} onShow={onShow} />
        ))}
      </ul>
      {closed.length > 0 && (
        <details className="closed">
          <summary>{say('note.closed', { count: closed.length })}</summary>
          <ul className="note-list">
            {closed.map((note) => (
              <NoteItem key={note.note} note={note} file={file} onShow={onShow} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface NoteItemProps {
  readonly note: Note;
  readonly file: CaseFile;
  readonly onShow: (mark: string) => void;
}

function NoteItem({ note, file, onShow }: NoteItemProps) {
  const { say, language } = useWords();
  const me = useMe();
  const nameOf = usePeopleNames(useNotes(file).data ?? []);
  const mark = markOf(note);
  const { author, at, text, suggestion, found, events, state } = note;
  const quote = quoteOf(note);
  return (
    <li className={`a-note ${state}`}>
      <span className="where" lang="zh-CN">
        {notePlaceWords(note, file.frame, say)}
        {quote !== null && ` “${quote}”`}
      </span>
      {found.state !== 'exact' && <span className="warn">{say(`note.found.${found.state}`)}</span>}
      <span lang="zh-CN">{text}</span>
      {suggestion !== null && (
        <span>
          {say(suggestion === '' ? 'note.strike' : 'note.suggested')} <ins lang="zh-CN">{suggestion}</ins>
        </span>
      )}
      <span className="soft">
        <span lang="zh-CN">{author === me.person ? say('note.own') : nameOf(author)}</span> {momentText(at, language)} ·{' '}
        {say(`note.state.${state}`)}
        {note.fromEarlierRound && ` · ${say('note.earlier')}`}
      </span>
      {events.map((event, index) => (
        <span key={index} className="reply">
          <span className="soft">
            {say(`note.event.${event.kind}`, { who: nameOf(event.by), at: momentText(event.at, language) })}
          </span>
          {event.text !== null && <span lang="zh-CN"> {event.text}</span>}
        </span>
      ))}
      <span className="verbs">
        {mark !== null && file.text !== null && <Small onClick={() => onShow(mark)}>{say('note.show')}</Small>}
        {state === 'open' && <NoteActs note={note} of={file.line} />}
      </span>
    </li>
  );
}

const Small = ({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) => (
  <Button size="small" onClick={onClick}>
    {children}
  </Button>
);
