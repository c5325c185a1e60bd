import { chapterHeading } from '#report/model';
import type { CaseFile } from '../api/case-file.js';
import { placeWords } from '../report/place-words.js';
import { Wrong } from '../shell/wrong.js';
import { useWords } from '../words/words.js';
import type { Returning } from './acting.js';

const CHIPS = ['explain', 'figures', 'missing', 'wording', 'secrecy'] as const;
const LONGEST = 2000;

interface FieldsProps {
  readonly file: CaseFile;
  readonly value: Returning;
  readonly onChange: (value: Returning) => void;
  /** The reason was missing when it was sent. */
  readonly isMissing: boolean;
}

/** Why, to whom, and where in the report. */
export function ReturnFields({ file, value, onChange, isMissing }: FieldsProps) {
  const { say } = useWords();
  return (
    <>
      <fieldset className="chips">
        <legend>{say('return.chipsLegend')}</legend>
        {CHIPS.map((chip) => {
          const text = say(`return.chips.${chip}`);
          return (
            <button
              key={chip}
              type="button"
              className="chip"
              aria-pressed={value.reason === text}
              onClick={() => onChange({ ...value, reason: text })}
            >
              {text}
            </button>
          );
        })}
      </fieldset>
      <p className="field">
        <label htmlFor="reason">{say('return.reason')}</label>
        <textarea
          id="reason"
          rows={3}
          maxLength={LONGEST}
          value={value.reason}
          aria-invalid={isMissing}
          onChange={(event) => onChange({ ...value, reason: event.target.value })}
        />
      </p>
      {isMissing && <Wrong>{say('return.reasonNeeded')}</Wrong>}
      <Target file={file} to={value.to} onChoose={(to) => onChange({ ...value, to })} />
      <PlaceField file={file} place={value.place} onChoose={(place) => onChange({ ...value, place })} />
    </>
  );
}

interface TargetProps {
  readonly file: CaseFile;
  readonly to: string;
  readonly onChoose: (to: string) => void;
}

/** The drafter, or a stage before the open one. */
function Target({ file: { current }, to, onChoose }: TargetProps) {
  const { say } = useWords();
  const at = current.stages.findIndex(({ id }) => id === current.stage);
  const earlier = current.stages.slice(0, Math.max(0, at));
  return (
    <p className="field">
      <label htmlFor="to">{say('return.to')}</label>
      <select id="to" value={to} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{say('case.drafter')}</option>
        {earlier.map(({ id, name }) => (
          <option key={id} value={id} lang="zh-CN">
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}

interface PlaceProps {
  readonly file: CaseFile;
  readonly place: string;
  readonly onChoose: (place: string) => void;
}

/** The cells the checks warn of first, then the parts of the text. */
function PlaceField({ file: { report, text }, place, onChoose }: PlaceProps) {
  const { say } = useWords();
  if (text === null) return null;
  const cells = new Set((report?.explained ?? []).flatMap(({ place: at }) => cellAt(at)));
  return (
    <p className="field">
      <label htmlFor="place">{say('return.place')}</label>
      <select id="place" value={place} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{say('return.noPlace')}</option>
        {[...cells].map((cell) => (
          <option key={cell} value={cell} lang="zh-CN">
            {placeWords(text, { table: cell.split('.')[0] ?? '', cell }, say)}
          </option>
        ))}
        <option value="title">{say('case.title')}</option>
        <option value="preface">{say('case.preface')}</option>
        {text.chapters.map((chapter) => (
          <option key={chapter.no} value={`chapter-${chapter.no}`} lang="zh-CN">
            {chapterHeading(chapter)}
          </option>
        ))}
      </select>
    </p>
  );
}

const cellAt = (place: unknown): string[] =>
  typeof place === 'object' && place !== null && 'cell' in place && typeof place.cell === 'string' ? [place.cell] : [];
