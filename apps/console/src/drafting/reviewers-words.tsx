import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { memo, useState } from 'react';
import type { z } from 'zod';
import type { CaseNotes, NoteDetail, SuggestionTaken, WaitingSuggestions } from '#contracts/http/notes.api';
import { formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';
import type { Report } from '../api/answers.js';
import { command, read, Refused } from '../api/send.js';
import { NoteActs } from '../desk/notes/note-acts.js';
import { usePeopleNames } from '../desk/queries.js';
import { placeWords } from '../report/place-words.js';
import { Wrong } from '../shell/wrong.js';
import { momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { useOpenDraft } from './open-draft.js';

type Note = z.infer<typeof NoteDetail>;
type Suggestion = z.infer<typeof WaitingSuggestions>['items'][number];

/** The notes of both legs; a leg the drafter may not read, or that never opened, has none for him. */
async function notesOf(caseId: string, signal: AbortSignal): Promise<Note[]> {
  const legs = await Promise.all(
    (['review', 'approval'] as const).map(async (leg): Promise<Note[]> => {
      try {
        return (await read<z.infer<typeof CaseNotes>>(`/${leg}-cases/${caseId}/notes`, signal)).items;
      } catch (error) {
        if (error instanceof Refused && error.problem.status < 500) return [];
        throw error;
      }
    }),
  );
  return legs.flat().filter(({ state }) => state === 'open');
}

interface ReviewersWordsProps {
  readonly report: Report;
  readonly go: (place: Place) => void;
}

/** What reviewers noted and suggested, each at its place; a suggestion is taken over by one act. */
export const ReviewersWords = memo(function ReviewersWords({ report, go }: ReviewersWordsProps) {
  const { say } = useWords();
  const { document, case: caseId, organ, state } = report;
  const isBack = state === 'returned' && caseId !== null;
  const notes = useQuery({
    queryKey: ['notes', caseId],
    enabled: isBack,
    queryFn: ({ signal }) => notesOf(caseId ?? '', signal),
  });
  const suggestions = useQuery({
    queryKey: ['suggestions', document],
    enabled: isBack,
    queryFn: async ({ signal }) =>
      (await read<z.infer<typeof WaitingSuggestions>>(`/reports/${document}/suggestions`, signal)).items,
  });
  const suggested = new Map((suggestions.data ?? []).map((one) => [one.note, one]));
  const open = notes.data ?? [];
  if (caseId === null || open.length === 0) return null;
  return (
    <section aria-labelledby="notes-of-reviewers">
      <h2 id="notes-of-reviewers">{say('drafting.notes', { count: open.length })}</h2>
      <ul className="findings">
        {open.map((note) => (
          <li key={note.note} className="warn">
            <OneNote note={note} of={{ case: caseId, organ }} suggestion={suggested.get(note.note)} go={go} />
          </li>
        ))}
      </ul>
    </section>
  );
});

interface OneNoteProps {
  readonly note: Note;
  readonly of: { readonly case: string; readonly organ: string };
  readonly suggestion: Suggestion | undefined;
  readonly go: (place: Place) => void;
}

function OneNote({ note, of, suggestion, go }: OneNoteProps) {
  const { say, language } = useWords();
  const nameOf = usePeopleNames([note]);
  const { draft } = useOpenDraft();
  const { report } = draft;
  const found = (suggestion ?? note).found;
  const place = 'place' in found ? reportPlace(report, found.place) : null;
  return (
    <>
      {place !== null && (
        <span className="where" lang="zh-CN">
          {placeWords(report, place, say)}
        </span>
      )}
      {found.state === 'gone' && <span className="where">{say('drafting.noteGone')}</span>}
      <q lang="zh-CN">{found.text}</q>
      <span lang="zh-CN">{note.text}</span>
      <span className="soft">
        <span lang="zh-CN">{nameOf(note.author)}</span> {momentText(note.at, language)}
      </span>
      {note.events.map((event, index) => (
        <span key={index} className="soft">
          {say(`note.event.${event.kind}`, { who: nameOf(event.by), at: momentText(event.at, language) })}
          {event.text !== null && <span lang="zh-CN"> {event.text}</span>}
        </span>
      ))}
      <span className="ways">
        {place !== null && (
          <Button size="small" onClick={() => go(place)}>
            {say('drafting.go')}
          </Button>
        )}
        <NoteActs note={note} of={of} />
        {suggestion !== undefined && <Accept suggestion={suggestion} />}
      </span>
    </>
  );
}

/** Takes a suggestion over as the next revision. What is typed is saved first: the suggestion stands on the newest text. */
function Accept({ suggestion }: { readonly suggestion: Suggestion }) {
  const words = useWords();
  const { say } = words;
  const { document, saving } = useOpenDraft();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const { case: caseId, note, replacement, acceptable } = suggestion;
  const accept = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await saving.flush();
      const body = { baseRevision: saving.base.revision, case: caseId, note };
      await command<z.infer<typeof SuggestionTaken>>(`/reports/${document}/accepted-suggestions`, body);
      const { revision, digest, report } = await read<Report>(`/reports/${document}`);
      if (report !== null) saving.hear({ revision, digest, report });
      await client.invalidateQueries();
    } catch (error) {
      setWrong(error);
    }
    setBusy(false);
  };
  return (
    <>
      <span>
        {replacement === '' ? (
          say('note.strike')
        ) : (
          <>
            {say('drafting.suggested')} <ins lang="zh-CN">{replacement}</ins>
          </>
        )}
      </span>
      {acceptable ? (
        <Button size="small" type="primary" aria-disabled={isBusy} onClick={() => void accept()}>
          {say('drafting.accept')}
        </Button>
      ) : (
        <span className="soft">{say('drafting.notAcceptable')}</span>
      )}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
    </>
  );
}

type FoundPlace = Extract<Note['found'], { state: 'exact' }>['place'];

/** A place of a note as the places of checks are written. */
function reportPlace(report: AnnualReport, place: FoundPlace): Place | null {
  if ('chapter' in place) return { chapter: place.chapter };
  if ('cell' in place) {
    const table = formatById(report.format)?.tables.find(({ id }) => place.cell.startsWith(`${id}.`));
    return table === undefined ? null : { table: table.id, cell: place.cell };
  }
  if ('part' in place.passage) return { part: place.passage.part };
  return { ...place.passage, from: place.from, to: place.to };
}
