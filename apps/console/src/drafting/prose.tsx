import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Chapter } from '#report/model';
import { useWords } from '../words/words.js';
import { useOpenDraft, usePart } from './open-draft.js';
import { paragraphId } from './places.js';

interface ProseProps {
  readonly no: number;
  /** What stands between the paragraphs before and after the table, in a chapter that has one. */
  readonly table: ReactNode;
  readonly hasTable: boolean;
}

/** The paragraphs of a chapter, each a field of its own; Enter begins the next one. */
export function Prose({ no, table, hasTable }: ProseProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const chapter = usePart((report) => report.chapters.find((one) => one.no === no));
  const focusNext = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    document.querySelector<HTMLTextAreaElement>(`#${paragraphId(no, focusNext.current)}`)?.focus();
    focusNext.current = null;
  });
  if (chapter === undefined) return null;
  const at = chapter.tableAt ?? chapter.paragraphs.length;
  const splice = (change: Splice): void => {
    draft.writeChapter(no, (now) => spliced(now, change));
    focusNext.current = Math.max(0, change.index + change.texts.length - 1);
  };
  const add = (index: number, isBefore: boolean): void => splice({ index, count: 0, texts: [''], isBefore });
  const field = (text: string, index: number) => (
    <Paragraph
      key={index}
      no={no}
      index={index}
      text={text}
      onReplace={(texts) => splice({ index, count: 1, texts, isBefore: index < at })}
    />
  );
  return (
    <>
      {chapter.paragraphs.slice(0, at).map(field)}
      <p>
        <Button onClick={() => add(at, true)}>{say(hasTable ? 'drafting.addBefore' : 'drafting.addParagraph')}</Button>
      </p>
      {table}
      {chapter.paragraphs.slice(at).map((text, index) => field(text, at + index))}
      {hasTable && (
        <p>
          <Button onClick={() => add(chapter.paragraphs.length, false)}>{say('drafting.addAfter')}</Button>
        </p>
      )}
    </>
  );
}

interface Splice {
  readonly index: number;
  readonly count: number;
  readonly texts: readonly string[];
  /** Whether this happens before the table of the chapter. */
  readonly isBefore: boolean;
}

/** The chapter with `count` paragraphs from `index` on replaced; the table stays where it is among the others. */
function spliced(chapter: Chapter, { index, count, texts, isBefore }: Splice): Chapter {
  const paragraphs = chapter.paragraphs.toSpliced(index, count, ...texts);
  const { tableAt } = chapter;
  if (tableAt === undefined) return { ...chapter, paragraphs };
  return { ...chapter, paragraphs, tableAt: isBefore ? tableAt + texts.length - count : tableAt };
}

interface ParagraphProps {
  readonly no: number;
  readonly index: number;
  readonly text: string;
  /** Puts several paragraphs, or none, in place of this one. */
  readonly onReplace: (texts: readonly string[]) => void;
}

function Paragraph({ no, index, text, onReplace }: ParagraphProps) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);
  const write = (next: string): void => {
    if (next.includes('\n')) return onReplace(next.split(/\s*\n\s*/));
    draft.writeChapter(no, (chapter) => ({ ...chapter, paragraphs: chapter.paragraphs.with(index, next) }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === 'Enter') {
      event.preventDefault();
      onReplace([text.slice(0, selectionStart), text.slice(selectionEnd)]);
    } else if (event.key === 'Backspace' && text === '') {
      event.preventDefault();
      onReplace([]);
    }
  };
  return (
    <textarea
      ref={field}
      id={paragraphId(no, index)}
      lang="zh-CN"
      className="paragraph"
      rows={1}
      value={text}
      aria-label={say('drafting.paragraph', { number: index + 1 })}
      onKeyDown={onKeyDown}
      onChange={(event) => write(event.target.value)}
    />
  );
}
