import { useWords } from '../words/words.js';
import { useOpenDraft } from './open-draft.js';

/** What the same chapter said last year, to look at while one writes. */
export function LastYearChapter({ no }: { readonly no: number }) {
  const { say } = useWords();
  const { beside } = useOpenDraft();
  const { lastYear } = beside;
  const paragraphs = lastYear?.report.chapters.find((chapter) => chapter.no === no)?.paragraphs ?? [];
  if (lastYear === null || paragraphs.length === 0) return null;
  return (
    <details className="last-year">
      <summary>{say('drafting.lastYearChapter', { year: lastYear.report.year })}</summary>
      <div lang="zh-CN">
        {paragraphs.map((text, index) => (
          <p key={index}>{text}</p>
        ))}
      </div>
    </details>
  );
}
