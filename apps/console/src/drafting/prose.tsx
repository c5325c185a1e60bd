import { Button } from 'antd';
import { type KeyboardEvent, memo, type ReactNode, useCallback, useLayoutEffect, useRef } from 'react';
import type { Chapter } from '#report/model';
import { type Key, useWords } from '../words/words.js';
import { chapterPlace, paragraphPlace } from '#report/correction/report-places';
import { useLocks, useOpenDraft, usePart } from './open-draft.js';
import { InsertFigure } from './insert-figure.js';
import { paragraphId } from './places.js';
import { Unlock } from './unlock.js';

interface ProseProps {
  readonly no: number;
  /** What stands between the paragraphs before and after the table, in a chapter that has one. */
  readonly table: ReactNode;
  readonly hasTable: boolean;
}

/** The paragraphs of a chapter, each a field of its own; Enter begins the next one. */
export const Prose = memo(function Prose({ no, table, hasTable }: ProseProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const chapter = usePart((report) => report.chapters.find((one) => one.no === no));
  const focusNext = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    document.querySelector<HTMLTextAreaElement>(`#${paragraphId(no, focusNext.current)}`)?.focus();
    focusNext.current = null;
  });
  const splice = useCallback(
    (change: Splice): void => {
      focusNext.current = Math.max(0, change.index + change.texts.length - 1);
      draft.writeChapter(no, (now) => spliced(now, change));
    },
    [draft, no],
  );
  const replace = useCallback(
    (index: number, texts: readonly string[]) => splice({ index, count: 1, texts }),
    [splice],
  );
  const add = useCallback(
    (place: 'before' | 'after') => {
      const { tableAt, paragraphs } = draft.report.chapters.find((one) => one.no === no) ?? NO_PARAGRAPHS;
      const index = place === 'before' ? (tableAt ?? paragraphs.length) : paragraphs.length;
      splice({ index, count: 0, texts: [''], isBefore: place === 'before' });
    },
    [draft, no, splice],
  );
  const locks = useLocks();
  if (chapter === undefined) return null;
  const locked = locks?.lockedParagraphsOf(chapter) ?? NOTHING_LOCKED;
  const isWhole = locks === null || locks.isOpen(chapterPlace(no));
  const at = chapter.tableAt ?? chapter.paragraphs.length;
  const field = (text: string, index: number) => (
    <Paragraph
      key={index}
      no={no}
      index={index}
      text={text}
      onReplace={replace}
      lockedAs={locked.has(index) ? paragraphPlace(no, locked.get(index) ?? index) : null}
    />
  );
  return (
    <>
      {chapter.paragraphs.slice(0, at).map(field)}
      <div className="ways prose-ways">
        {isWhole && (
          <AddParagraph place="before" name={hasTable ? 'drafting.addBefore' : 'drafting.addParagraph'} add={add} />
        )}
        {(isWhole || locked.size < chapter.paragraphs.length) && <InsertFigure no={no} />}
        {!isWhole && <Unlock place={chapterPlace(no)} label={say('lock.openChapter')} />}
      </div>
      {table}
      {chapter.paragraphs.slice(at).map((text, index) => field(text, at + index))}
      {hasTable && isWhole && (
        <p>
          <AddParagraph place="after" name="drafting.addAfter" add={add} />
        </p>
      )}
    </>
  );
});

const NOTHING_LOCKED: ReadonlyMap<number, number> = new Map();
const NO_PARAGRAPHS: Pick<Chapter, 'paragraphs' | 'tableAt'> = { paragraphs: [] };

interface AddParagraphProps {
  readonly place: 'before' | 'after';
  readonly name: Key;
  readonly add: (place: 'before' | 'after') => void;
}

const AddParagraph = memo(function AddParagraph({ place, name, add }: AddParagraphProps) {
  const { say } = useWords();
  return <Button onClick={() => add(place)}>{say(name)}</Button>;
});

interface Splice {
  readonly index: number;
  readonly count: number;
  readonly texts: readonly string[];
  /** Whether this happens before the table of the chapter; where paragraphs are replaced, these tell. */
  readonly isBefore?: boolean;
}

/** The chapter with `count` paragraphs from `index` on replaced; the table stays where it is among the others. */
function spliced(chapter: Chapter, { index, count, texts, isBefore: isToldBefore }: Splice): Chapter {
  const paragraphs = chapter.paragraphs.toSpliced(index, count, ...texts);
  const { tableAt } = chapter;
  if (tableAt === undefined) return { ...chapter, paragraphs };
  const isBefore = isToldBefore ?? index < tableAt;
  return { ...chapter, paragraphs, tableAt: isBefore ? tableAt + texts.length - count : tableAt };
}

interface ParagraphProps {
  readonly no: number;
  readonly index: number;
  readonly text: string;
  /** Puts several paragraphs, or none, in place of this one. */
  readonly onReplace: (index: number, texts: readonly string[]) => void;
  /** What it is called as a place of the public text while it is locked. */
  readonly lockedAs: string | null;
}

/** Fields that grow by themselves; where the browser does not know that, they are measured. */
const GROWS = CSS.supports('field-sizing', 'content');

/** One paragraph. What is typed into it draws it alone. */
const Paragraph = memo(function Paragraph({ no, index, text, onReplace, lockedAs }: ParagraphProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null || GROWS) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);
  const write = (next: string): void => {
    if (next.includes('\n')) return onReplace(index, next.split(/\s*\n\s*/));
    draft.writeChapter(no, (chapter) => ({ ...chapter, paragraphs: chapter.paragraphs.with(index, next) }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (lockedAs !== null || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === 'Enter') {
      event.preventDefault();
      onReplace(index, [text.slice(0, selectionStart), text.slice(selectionEnd)]);
    } else if (event.key === 'Backspace' && text === '') {
      event.preventDefault();
      onReplace(index, []);
    }
  };
  const name = say('drafting.paragraph', { number: index + 1 });
  return (
    <>
      <textarea
        ref={field}
        id={paragraphId(no, index)}
        lang="zh-CN"
        className={lockedAs === null ? 'paragraph' : 'paragraph locked'}
        rows={1}
        value={text}
        readOnly={lockedAs !== null}
        aria-label={lockedAs === null ? name : `${name}${say('seat.comma')}${say('lock.locked')}`}
        onKeyDown={onKeyDown}
        onChange={(event) => write(event.target.value)}
      />
      {lockedAs !== null && <Unlock place={lockedAs} />}
    </>
  );
});
