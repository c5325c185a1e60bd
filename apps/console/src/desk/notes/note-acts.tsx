import { Button } from 'antd';
import { useState } from 'react';
import type { CaseFile } from '../../api/case-file.js';
import type { Note } from '../../api/notes.js';
import { useMe } from '../../api/session.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';

type NoteAct = 'replies' | 'resolution' | 'withdrawal';
const LONGEST = 2000;

/** Answering, settling and withdrawing a note. Who may settle which is the leg's to decide; its refusal is shown. */
export function NoteActs({ note, of }: Pick<NoteActDialogProps, 'note' | 'of'>) {
  const { say } = useWords();
  const me = useMe();
  const [open, setOpen] = useState<NoteAct | null>(null);
  const drafts = me.grants.some(({ role, organ }) => role === 'drafter' && organ === of.organ);
  const isOwn = note.author === me.person;
  const acts: readonly NoteAct[] = [
    'replies',
    ...(drafts && !isOwn ? [] : ['resolution' as const]),
    ...(isOwn ? ['withdrawal' as const] : []),
  ];
  return (
    <>
      {acts.map((act) => (
        <Button key={act} size="small" onClick={() => setOpen(act)}>
          {say(`note.act.${act}`)}
        </Button>
      ))}
      {open !== null && <NoteActDialog note={note} act={open} of={of} onClose={() => setOpen(null)} />}
    </>
  );
}

interface NoteActDialogProps {
  readonly note: Note;
  readonly act: NoteAct;
  /** The case it is about, and whose report that is. */
  readonly of: Pick<CaseFile['line'], 'case' | 'organ'>;
  readonly onClose: () => void;
}

function NoteActDialog({ note, act, of, onClose }: NoteActDialogProps) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const path = `/${note.leg}-cases/${of.case}/notes/${note.note}/${act}`;
  return (
    <ActDialog
      title={say(`note.act.${act}`)}
      help={say(`note.help.${act}`)}
      button={say(`note.act.${act}`)}
      told={(now) => now(`note.done.${act}`)}
      onClose={onClose}
      prepare={() => {
        const said = text.trim();
        if (act === 'replies' && said === '') return (now) => now('note.textNeeded');
        return { path, body: { text: said === '' ? null : said }, receipt: null };
      }}
    >
      <blockquote lang="zh-CN">{note.text}</blockquote>
      <p className="field">
        <label htmlFor="note-reply">{say(act === 'replies' ? 'note.reply' : 'note.word')}</label>
        <textarea
          id="note-reply"
          rows={3}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
