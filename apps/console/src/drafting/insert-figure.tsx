import { Button } from 'antd';
import { memo, useEffect, useRef, useState } from 'react';
import type { Chapter } from '#report/model';
import { useWords } from '../words/words.js';
import { InsertFigureDialog } from './insert-figure.dialog.js';
import { useOpenDraft } from './open-draft.js';
import { paragraphId } from './places.js';

/** Characters of a paragraph: where somebody was writing. */
interface Caret {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** The way from a paragraph to a figure of the tables and back to where one was writing. */
export const InsertFigure = memo(function InsertFigure({ no }: { readonly no: number }) {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const [isOpen, setOpen] = useState(false);
  const [back, setBack] = useState<Caret | null>(null);
  const left = useRef<Caret | null>(null);
  useEffect(() => {
    const leave = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLTextAreaElement)) return;
      const index = Number(/^paragraph-\d+-(\d+)$/.exec(target.id)?.[1] ?? -1);
      if (target.id === paragraphId(no, index))
        left.current = { index, from: target.selectionStart, to: target.selectionEnd };
    };
    window.addEventListener('focusout', leave);
    return () => window.removeEventListener('focusout', leave);
  }, [no]);
  useEffect(() => {
    if (back === null) return;
    const field = document.querySelector<HTMLTextAreaElement>(`#${paragraphId(no, back.index)}`);
    field?.focus();
    field?.setSelectionRange(back.from, back.to);
    setBack(null);
  }, [back, no]);
  const insert = (text: string): void => {
    const chapter = draft.report.chapters.find((one) => one.no === no);
    setOpen(false);
    if (chapter === undefined) return;
    const caret = placeIn(chapter, left.current);
    draft.writeChapter(no, (now) => inserted(now, caret, text));
    const end = caret.from + text.length;
    setBack({ index: caret.index, from: end, to: end });
  };
  const close = (): void => {
    setOpen(false);
    setBack(left.current);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('drafting.insertFigure')}</Button>
      {isOpen && <InsertFigureDialog onChoose={insert} onClose={close} />}
    </>
  );
});

/** Where one was; the end of the last paragraph for whoever was in none, or in one that is gone. */
function placeIn({ paragraphs }: Chapter, left: Caret | null): Caret {
  const text = left === null ? undefined : paragraphs[left.index];
  if (left !== null && text !== undefined)
    return { index: left.index, from: Math.min(left.from, text.length), to: Math.min(left.to, text.length) };
  const index = Math.max(0, paragraphs.length - 1);
  const end = paragraphs[index]?.length ?? 0;
  return { index, from: end, to: end };
}

/** The chapter with a text in place of what was selected; a chapter without paragraphs gets its first. */
function inserted(chapter: Chapter, { index, from, to }: Caret, text: string): Chapter {
  const before = chapter.paragraphs[index];
  if (before === undefined) {
    const { tableAt, ...rest } = chapter;
    return { ...rest, paragraphs: [text], ...(tableAt === undefined ? {} : { tableAt: 1 }) };
  }
  return { ...chapter, paragraphs: chapter.paragraphs.with(index, before.slice(0, from) + text + before.slice(to)) };
}
