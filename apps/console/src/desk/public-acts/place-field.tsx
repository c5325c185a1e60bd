import { cellName, cellsOf, formatById } from '#report/format';
import { chapterPlace, FRONT_PLACES, paragraphPlace, placeName } from '#report/correction/report-places';
import { type AnnualReport, chapterHeading } from '#report/model';
import { selectedWords } from '../../case/selected-place.js';
import { useWords } from '../../words/words.js';

interface PlaceFieldProps {
  readonly report: AnnualReport;
  readonly value: string;
  readonly onChange: (place: string) => void;
}

/** Where the mistake is, so that the correction begins there; it need not be known yet. */
export function PlaceField({ report, value, onChange }: PlaceFieldProps) {
  const { say } = useWords();
  const format = formatById(report.format);
  const name = (place: string): string => placeName(report, place) ?? place;
  return (
    <p className="field">
      <label htmlFor="mistake-at">{say('lock.where')}</label>
      <select id="mistake-at" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{say('lock.whereUnknown')}</option>
        {FRONT_PLACES.map((place) => (
          <option key={place} value={place} lang="zh-CN">
            {name(place)}
          </option>
        ))}
        {report.chapters.map((chapter) => {
          const table = format?.tables.find(
            ({ id }) => id === format.chapters.find(({ no }) => no === chapter.no)?.table,
          );
          return (
            <optgroup key={chapter.no} label={chapterHeading(chapter)} lang="zh-CN">
              {(table === undefined ? [] : cellsOf(table)).map((cell) => (
                <option key={cell.id} value={cell.id}>
                  {cellName(cell)}
                </option>
              ))}
              {chapter.paragraphs.map((text, index) => (
                <option key={index} value={paragraphPlace(chapter.no, index)}>
                  {`${name(paragraphPlace(chapter.no, index))}：${text.slice(0, SHOWN)}`}
                </option>
              ))}
              <option value={chapterPlace(chapter.no)}>{name(chapterPlace(chapter.no))}</option>
            </optgroup>
          );
        })}
      </select>
    </p>
  );
}

/** As much of a paragraph as tells which it is, in characters. */
const SHOWN = 16;

/** The place of the words that are marked on the page; empty when none are. */
export function markedPlace(): string {
  const found = selectedWords(document.getSelection());
  if (found === null || !('quote' in found.place)) return '';
  const { part, chapter, paragraph } = found.place;
  if (part === 'title' || part === 'preface') return part;
  return chapter === undefined || paragraph === undefined ? '' : paragraphPlace(chapter, paragraph);
}
