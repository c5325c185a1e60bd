import * as fc from 'fast-check';
import { sentencesOf } from '#report/comparison/tokens';
import type { AnnualReport } from '#report/model';

/** A sentence that is followed through every edit: `id` stays; `form` and `words` say what was done to it. */
export interface Tracked {
  readonly id: number;
  readonly text: string;
  readonly form: boolean;
  readonly words: boolean;
}

/** The prose of a report as chapters of paragraphs of sentences that can be followed. */
export type Prose = readonly { readonly no: number; readonly paragraphs: readonly (readonly Tracked[])[] }[];

/** The prose of a report, every sentence under a number of its own. */
export function proseOf({ chapters }: AnnualReport): Prose {
  let id = 0;
  return chapters.map(({ no, paragraphs }) => ({
    no,
    paragraphs: paragraphs.map((text) =>
      sentencesOf(text).map((sentence) => ({ id: (id += 1), text: sentence, form: false, words: false })),
    ),
  }));
}

/** The report with this prose. */
export function withProse(report: AnnualReport, prose: Prose): AnnualReport {
  return {
    ...report,
    chapters: report.chapters.map((chapter, at) => ({
      ...chapter,
      paragraphs: (prose[at]?.paragraphs ?? []).map((sentences) => sentences.map(({ text }) => text).join('')),
    })),
  };
}

/** Where a followed sentence stands now; null when it was struck out. */
export function placeOfTracked(
  prose: Prose,
  id: number,
): { chapter: number; paragraph: number; from: number; to: number; sentence: Tracked } | null {
  for (const { no, paragraphs } of prose)
    for (const [paragraph, sentences] of paragraphs.entries()) {
      let from = 0;
      for (const sentence of sentences) {
        const to = from + sentence.text.length;
        if (sentence.id === id) return { chapter: no, paragraph, from, to, sentence };
        from = to;
      }
    }
  return null;
}

const FORM: readonly ((text: string) => string)[] = [
  (text) => text.replace(/[，；]/gu, (stop) => (stop === '，' ? ',' : ';')),
  (text) => ` ${text.slice(0, 4)} ${text.slice(4)}`,
  (text) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (text) => text.replaceAll('、', '，'),
  (text) => text.replace(/[《》]/gu, ''),
];
const WORDS: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at) + '已' + text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + '有关' + text.slice(at + 1),
  (text) => text.replace(/\d+/, (number) => String(Number(number) + 1)),
];
const NEW = [
  '本年度共召开专题会议3次，研究部署公开工作。',
  '通过门户网站发布信息128条。',
  '组织业务骨干参加全省系统培训，并开展交流研讨。',
  '收到政府信息公开申请9件，均在法定期限内答复。',
];

/** One edit of the prose: which, where, and a number for its details. */
const edit = fc.record({
  kind: fc.constantFrom('move', 'move', 'insert', 'insert-sentence', 'delete', 'delete-sentence', 'form', 'form', 'words', 'words'),
  chapter: fc.nat(),
  paragraph: fc.nat(),
  sentence: fc.nat(),
  detail: fc.nat(),
}); // prettier-ignore
type Edit = ReturnType<typeof edit.generate>['value'];

/** Random edits of a report's prose. */
export const editsArbitrary: fc.Arbitrary<readonly Edit[]> = fc.array(edit, { maxLength: 12 });

/** The prose after an edit. */
export function edited(prose: Prose, one: Edit): Prose {
  const chapters = prose.map(({ no, paragraphs }) => ({ no, paragraphs: paragraphs.map((all) => [...all]) }));
  const chapter = chapters[one.chapter % chapters.length]!;
  const paragraph = chapter.paragraphs[one.paragraph % Math.max(1, chapter.paragraphs.length)];
  const fresh = (): Tracked => ({
    id: -1 - one.detail,
    text: NEW[one.detail % NEW.length]!,
    form: false,
    words: false,
  });
  if (one.kind === 'insert') chapter.paragraphs.splice(one.paragraph % (chapter.paragraphs.length + 1), 0, [fresh()]);
  if (paragraph === undefined) return chapters;
  const index = chapter.paragraphs.indexOf(paragraph);
  const at = one.sentence % paragraph.length;
  const sentence = paragraph[at]!;
  const place = 1 + (one.detail % Math.max(1, sentence.text.length - 2));
  if (one.kind === 'insert-sentence') paragraph.splice(at, 0, fresh());
  if (one.kind === 'delete') chapter.paragraphs.splice(index, 1);
  if (one.kind === 'delete-sentence' && paragraph.length > 1) paragraph.splice(at, 1);
  if (one.kind === 'form')
    paragraph[at] = { ...sentence, text: FORM[one.detail % FORM.length]!(sentence.text), form: true };
  if (one.kind === 'words')
    paragraph[at] = { ...sentence, text: WORDS[one.detail % WORDS.length]!(sentence.text, place), words: true };
  if (one.kind === 'move') {
    chapter.paragraphs.splice(index, 1);
    const to = chapters[one.detail % chapters.length]!;
    to.paragraphs.splice(one.sentence % (to.paragraphs.length + 1), 0, paragraph);
  }
  return chapters;
}
