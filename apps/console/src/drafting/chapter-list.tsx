import { memo } from 'react';
import type { FormatDefinition } from '#report/format-definition';
import { chapterHeading } from '#report/model';
import { useWords } from '../words/words.js';
import { useChecks, useFindings, useOpenDraft, usePart } from './open-draft.js';
import { countsOf, FRONT } from './places.js';
import { useSentences } from './sentences.js';

interface ChapterListProps {
  readonly format: FormatDefinition;
  readonly chosen: number;
  readonly choose: (chapter: number) => void;
}

/** The chapters as a list of things to do: what is to be mended stands out, what is done is plain. */
export const ChapterList = memo(function ChapterList({ format, chosen, choose }: ChapterListProps) {
  const { say } = useWords();
  const isChecked = useChecks((checks) => checks.of !== null);
  const findings = useFindings();
  const sentences = useSentences(useOpenDraft().document);
  // What was explained is done.
  const counts = countsOf(
    format,
    findings.filter(({ severity, key }) => severity !== 'W' || sentences[key] === undefined),
  );
  // Headings as one text: paragraphs may change below them.
  const headings = usePart((report) => JSON.stringify(report.chapters.map((one) => [one.no, chapterHeading(one)])));
  const chapters = JSON.parse(headings) as readonly [number, string][];
  const items = [
    { no: FRONT, name: say('drafting.front'), lang: undefined },
    ...chapters.map(([no, name]) => ({ no, name, lang: 'zh-CN' })),
  ];
  return (
    <nav className="chapters" aria-label={say('drafting.chapters')}>
      <ul>
        {items.map(({ no, name, lang }) => {
          const { E: errors = 0, W: warnings = 0 } = counts.get(no) ?? {};
          return (
            <li key={no}>
              <button type="button" aria-current={no === chosen ? 'page' : undefined} onClick={() => choose(no)}>
                <span lang={lang}>{name}</span>
                {errors > 0 && (
                  <span className="bad">
                    <span aria-hidden="true">✕ {errors}</span>
                    <span className="hidden">{say('drafting.errors', { count: errors })}</span>
                  </span>
                )}
                {warnings > 0 && (
                  <span className="warn">
                    <span aria-hidden="true">⚠ {warnings}</span>
                    <span className="hidden">{say('drafting.warnings', { count: warnings })}</span>
                  </span>
                )}
                {errors + warnings === 0 && isChecked && (
                  <span className="good">
                    <span aria-hidden="true">✓</span>
                    <span className="hidden">{say('drafting.clean')}</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
});
