import { cellName, cellsOf, formatById } from '#report/format';
import { type AnnualReport, chapterHeading } from '#report/model';
import { useState } from 'react';
import type { CaseFile } from '../../api/case-file.js';
import type { NotePlace } from '../../api/notes.js';
import { legPathOf } from '../../case/acting.js';
import { chosenPlaceWords } from '../../case/note-places.js';
import type { SelectedPlace } from '../../case/selected-place.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';

const LONGEST = 2000;

interface MakeNoteProps {
  readonly file: CaseFile;
  readonly report: AnnualReport;
  /** What was marked in the text; null: the place is chosen here. */
  readonly selected: SelectedPlace | null;
  readonly onClose: () => void;
}

/** A note on a place, with other words or another figure where one has them. */
export function MakeNoteDialog({ file, report, selected, onClose }: MakeNoteProps) {
  const { say } = useWords();
  const [chosen, choose] = useState('');
  const [quote, setQuote] = useState('');
  const [text, setText] = useState('');
  const [suggestion, setSuggestion] = useState('');
  const place = selected?.place ?? placeOf(chosen, quote);
  const isChapter = place !== null && 'chapter' in place && !('quote' in place);
  return (
    <ActDialog
      title={say('note.make')}
      help={say('note.makeHelp')}
      button={say('note.make')}
      told={(now) => now('note.made')}
      onClose={onClose}
      prepare={() => {
        if (place === null) return (now) => now('note.placeNeeded');
        if (text.trim() === '') return (now) => now('note.textNeeded');
        const proposed = suggestion.trim() === '' || isChapter ? null : suggestion.trim();
        const body = { content: file.current.content, place, text: text.trim(), suggestion: proposed };
        return { path: `${legPathOf(file.line)}/notes`, body, receipt: null };
      }}
    >
      {selected === null ? (
        <PlaceChoice report={report} chosen={chosen} onChoose={choose} quote={quote} onQuote={setQuote} />
      ) : (
        <blockquote lang="zh-CN">
          {chosenPlaceWords(selected.place, report, say)}
          {'cell' in selected.place && ` “${selected.text}”`}
        </blockquote>
      )}
      <p className="field">
        <label htmlFor="note-text">{say('note.text')}</label>
        <textarea
          id="note-text"
          rows={3}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </p>
      {!isChapter && (
        <p className="field">
          <label htmlFor="note-suggestion">{say('note.suggestion')}</label>
          <input
            id="note-suggestion"
            maxLength={LONGEST}
            value={suggestion}
            onChange={(event) => setSuggestion(event.target.value)}
          />
        </p>
      )}
    </ActDialog>
  );
}

function placeOf(chosen: string, quote: string): NotePlace | null {
  if (chosen === 'quote') return quote.trim() === '' ? null : { quote: quote.trim() };
  const chapter = /^chapter-(\d+)$/.exec(chosen)?.[1];
  if (chapter !== undefined) return { chapter: Number(chapter) };
  return chosen === '' ? null : { cell: chosen };
}

interface PlaceChoiceProps {
  readonly report: AnnualReport;
  readonly chosen: string;
  readonly onChoose: (place: string) => void;
  readonly quote: string;
  readonly onQuote: (quote: string) => void;
}

/** Any place by keyboard: words of the text, a chapter, a figure. */
function PlaceChoice({ report, chosen, onChoose, quote, onQuote }: PlaceChoiceProps) {
  const { say } = useWords();
  const tables = formatById(report.format)?.tables ?? [];
  return (
    <>
      <p className="field">
        <label htmlFor="note-place">{say('note.place')}</label>
        <select id="note-place" value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{say('note.choosePlace')}</option>
          <option value="quote">{say('note.words')}</option>
          <optgroup label={say('note.chapters')}>
            {report.chapters.map((chapter) => (
              <option key={chapter.no} value={`chapter-${chapter.no}`} lang="zh-CN">
                {chapterHeading(chapter)}
              </option>
            ))}
          </optgroup>
          {tables.map((table) => (
            <optgroup key={table.id} label={table.name}>
              {cellsOf(table).map((cell) => (
                <option key={cell.id} value={cell.id} lang="zh-CN">
                  {cellName(cell)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </p>
      {chosen === 'quote' && (
        <p className="field">
          <label htmlFor="note-quote">{say('note.quote')}</label>
          <input id="note-quote" value={quote} onChange={(event) => onQuote(event.target.value)} lang="zh-CN" />
        </p>
      )}
    </>
  );
}
