import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import {
  edited,
  editsArbitrary,
  placeOfTracked,
  type Prose,
  proseOf,
  type Tracked,
  withProse,
} from '../../../../test/support/edited-report.js';
import { costInCopies } from '../../../../test/support/processor-work.js';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { likenessOf } from '../comparison/compare-texts.js';
import { cellsOf, FORMATS } from '../format.js';
import type { AnnualReport, Cell } from '../model.js';
import { parseAnnualReport } from '../parse-annual-report.js';
import { readPlainText } from '../readers/plain-text.js';
import { type Anchor, anchorAt, type AnchorPlace, type CellAnchor, type SentenceAnchor } from './anchor.js';
import { findQuote } from './find-quote.js';
import { type Resolution, resolveAnchor } from './resolve-anchor.js';
import { foldWords } from './words.js';
import { figureFor, writeInPlace } from './write-in-place.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

const bound = (report: AnnualReport, place: AnchorPlace): Anchor => {
  const anchor = anchorAt(report, place);
  if (isRefusal(anchor)) throw new Error('nothing stands there');
  return anchor;
};
const quoted = (report: AnnualReport, quote: string, nth = 0): Anchor => bound(report, findQuote(report, quote)[nth]!);

/** A report whose fifth chapter has these paragraphs, and whose sixth has others. */
const written = (fifth: readonly string[], sixth: readonly string[] = ['无。']): AnnualReport => ({
  ...sample,
  chapters: sample.chapters.map((chapter) =>
    chapter.no === 5
      ? { ...chapter, paragraphs: fifth }
      : chapter.no === 6
        ? { ...chapter, paragraphs: sixth }
        : chapter,
  ),
});
const MEANT = '一是公开内容不够全面，个别科室主动公开意识有待增强。';
const OTHER = '二是培训覆盖面不足，全年仅组织业务培训2次。';
const THIRD = '下一步，将加强与各单位的沟通协调，确保应公开尽公开。';
const before = written([MEANT + OTHER, THIRD]);

describe('a quotation', () => {
  it.each<[string, AnnualReport, object]>([
    ['in the same report', before, { state: 'exact', text: MEANT, place: { passage: { chapter: 5, paragraph: 0 }, from: 0 } }],
    ['behind a new sentence', written([THIRD + MEANT + OTHER]), { state: 'exact', text: MEANT }],
    ['under new paragraphs', written(['新段。', '又一段。', MEANT + OTHER]), { state: 'moved', likeness: 1, text: MEANT, place: { passage: { chapter: 5, paragraph: 2 } } }],
    ['in another chapter', written([THIRD], ['无。', OTHER + MEANT]), { state: 'moved', likeness: 1, place: { passage: { chapter: 6, paragraph: 1 } } }],
    ['with other punctuation', written([MEANT.replace('，', ',') + OTHER]), { state: 'moved', likeness: 1 }],
    ['with blanks', written([`一是　公开 内容不够全面，个别科室主动公开意识有待增强。${OTHER}`]), { state: 'moved', likeness: 1 }],
    ['with a word changed', written([MEANT.replace('个别', '部分') + OTHER]), { state: 'moved', likeness: 0.86, text: MEANT.replace('个别', '部分') }],
    ['parted in two', written([MEANT.replace('，', '。') + OTHER]), { state: 'moved', likeness: 1, text: MEANT.replace('，', '。') }],
    ['drawn together with the next', written([MEANT.replace('。', '，') + OTHER]), { state: 'moved', likeness: 1, text: MEANT.slice(0, -1) }],
    ['struck out', written([OTHER, THIRD]), { state: 'gone', text: MEANT }],
    ['struck out with its chapter', { ...sample, chapters: sample.chapters.filter(({ no }) => no !== 5) }, { state: 'gone' }],
  ])('%s', (_when, after, found) => {
    expect(resolveAnchor(quoted(before, MEANT), after)).toMatchObject(found);
  }); // prettier-ignore

  it('within a sentence is found again, and what has taken its place is shown', () => {
    const anchor = quoted(before, '2次');
    expect(resolveAnchor(anchor, before)).toMatchObject({ state: 'exact', text: '2次' });
    const after = written([MEANT + OTHER.replace('2次', '3次')]);
    expect(resolveAnchor(anchor, after)).toMatchObject({ state: 'moved', text: '3次' });
    const shifted = written([MEANT + OTHER.replace('全年', '全年共')]);
    expect(resolveAnchor(anchor, shifted)).toMatchObject({ state: 'moved', text: '2次' });
  });

  it('of a number is not found in a longer number', () => {
    const short = written(['共受理12件。']);
    const anchor = bound(short, findQuote(short, '12', { chapter: 5 })[0]!);
    const after = written(['共受理112件。', '结案12件。']);
    expect(resolveAnchor(anchor, after)).toMatchObject({ state: 'moved', text: '112件' });
  });

  it('of the title and the preface is bound to them', () => {
    const anchor = bound(before, { passage: { part: 'preface' }, from: 0, to: 12 });
    expect(resolveAnchor(anchor, before)).toMatchObject({ state: 'exact', place: { passage: { part: 'preface' } } });
    expect(resolveAnchor(anchor, { ...before, preface: `按照要求，${before.preface}` })).toMatchObject({
      place: { passage: { part: 'preface' } },
    });
  });

  it('of no word, or outside the text, is refused', () => {
    for (const [from, to] of [[11, 12], [5, 5], [-1, 3], [0, 100_000]] as const)
      expect(anchorAt(written(['一二三四五六七八九十甲。']), { passage: { chapter: 5, paragraph: 0 }, from, to })).toEqual({ refused: 'place_not_found', data: {} });
    expect(anchorAt(before, { passage: { chapter: 9, paragraph: 0 }, from: 0, to: 1 })).toMatchObject({ refused: 'place_not_found' });
  }); // prettier-ignore
});

describe('repetitions', () => {
  const NONE = '本年度未发生此类情况。';

  it('are told apart by what stands around them', () => {
    const report = written([`行政许可方面。${NONE}`, `行政处罚方面。${NONE}`]);
    const after = written(['行政强制方面。另有说明。', `行政处罚方面。${NONE}`, `行政许可方面。${NONE}`]);
    const paragraphs = [0, 1].map((nth) => resolveAnchor(quoted(report, NONE, nth), after));
    expect(paragraphs).toMatchObject([
      { state: 'moved', place: { passage: { paragraph: 2 } } },
      { state: 'exact', place: { passage: { paragraph: 1 } } },
    ]);
  });

  it('in one row are bound by their number while there are as many, and undecidable once there are not', () => {
    const report = written([NONE.repeat(9)]);
    const anchor = quoted(report, NONE, 4);
    expect(resolveAnchor(anchor, report)).toMatchObject({ state: 'exact', place: { from: 4 * NONE.length } });
    const { state, places } = resolveAnchor(anchor, written([NONE.repeat(8)])) as Extract<Resolution, { state: 'ambiguous' }>;
    expect(state).toBe('ambiguous');
    expect(places.length).toBeGreaterThan(1);
  }); // prettier-ignore

  it('that were edited to read the same are never taken for each other', () => {
    const [mine, twin] = ['全年收到行政许可申请12件，均已办结。', '全年收到行政许可申请13件，均已办结。'];
    const anchor = quoted(written([`甲处情况说明。${mine}`], [`乙处情况如下。${twin}`]), mine);
    for (const [fifth, sixth] of [
      ['甲处情况说明。', `乙处情况如下。${twin}`],
      ['甲处情况说明。', `乙处情况如下。${mine}`],
      ['甲处情况说明。', `乙处情况如下。${twin.replace('均已', '全部')}`],
    ])
      expect(['gone', 'ambiguous']).toContain(resolveAnchor(anchor, written([fifth!], [sixth!])).state);
  });
});

describe('a chapter and a cell', () => {
  it('are found by what they are called', () => {
    const chapter = bound(sample, { chapter: 5 });
    expect(resolveAnchor(chapter, sample)).toMatchObject({ state: 'exact', place: { chapter: 5 } });
    const renumbered = sample.chapters.map((one) => ({ ...one, no: one.no === 5 ? 6 : one.no === 6 ? 5 : one.no }));
    expect(resolveAnchor(chapter, { ...sample, chapters: renumbered })).toMatchObject({ state: 'moved', place: { chapter: 6 }, likeness: 1 });
    const retitled = sample.chapters.map((one) => (one.no === 5 ? { ...one, title: `${one.title}情况` } : one));
    expect(resolveAnchor(chapter, { ...sample, chapters: retitled })).toMatchObject({ state: 'moved', place: { chapter: 5 } });
    const replaced = sample.chapters.map((one) => (one.no === 5 ? { ...one, title: '附录' } : one));
    expect(resolveAnchor(chapter, { ...sample, chapters: replaced })).toMatchObject({ state: 'gone' });
    expect(anchorAt(sample, { chapter: 12 })).toMatchObject({ refused: 'place_not_found' });
    expect(anchorAt(sample, { cell: 't9.nowhere' })).toMatchObject({ refused: 'place_not_found' });
  }); // prettier-ignore

  it('a cell is never lost, whatever is in it', () => {
    const cell = fc.constantFrom<Cell>({ state: 'value', value: '7', original: '7' }, { state: 'unfilled', original: '' }, { state: 'unreadable', original: '约7' });
    fc.assert(
      fc.property(fc.oneof(...FORMATS.map(annualReportArbitrary)), cell, fc.nat(), (report, next, seed) => {
        const places = FORMATS.find(({ id }) => id === report.format)!.tables.flatMap((table) => cellsOf(table));
        const { id, table } = places[seed % places.length]!;
        const anchor = bound(report, { cell: id });
        const after = { ...report, tables: { ...report.tables, [table.id]: { ...report.tables[table.id], [id]: next } } };
        expect(resolveAnchor(anchor, after)).toMatchObject({ state: 'exact', place: { cell: id } });
      }),
      { numRuns: 100 },
    );
  }); // prettier-ignore
});

/** Sentences of a kind that reports are full of: alike but for a topic and a number. */
const reports = fc.oneof(...FORMATS.map(annualReportArbitrary)).chain((base) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom('行政许可', '行政处罚', '政府采购', '财政预决算'),
        fc.nat(30),
        fc.constantFrom('全年公开', '本年度受理', '依法办理'),
      ),
      { minLength: 2, maxLength: 10 },
    )
    .map((more) => ({
      ...base,
      chapters: base.chapters.map((chapter, at) => ({
        ...chapter,
        paragraphs: [
          ...chapter.paragraphs,
          ...more
            .filter((_, index) => index % base.chapters.length === at)
            .map(([topic, number, verb]) => `${verb}${topic}类信息${number}条，均按期完成。${topic}工作平稳有序。`),
        ],
      })),
    })),
);

describe('in reports edited at random', () => {
  it('an unchanged report has every sentence where it was', () => {
    fc.assert(
      fc.property(reports, (one) => {
        for (const { place } of everySentence(one)) {
          const found = resolveAnchor(bound(one, place), one);
          expect(found).toMatchObject({ state: 'exact', place });
        }
      }),
      { numRuns: 60 },
    );
  });

  /** Draws histories and answers the share of sentences found; throws where one is bound wrongly. */
  const histories = (numRuns: number, spoiled: Partial<SentenceAnchor> = {}): number => {
    let [found, seen] = [0, 0];
    const property = fc.property(reports, editsArbitrary, (one, edits) => {
      const prose = edits.reduce(edited, proseOf(one));
      const after = withProse(one, prose);
      for (const { id, place } of everySentence(one)) {
        const anchor = bound(one, place) as SentenceAnchor;
        const resolution = resolveAnchor({ ...anchor, ...spoiled }, after);
        expect(judged(anchor, id, resolution, { prose, after, one })).toBe('right');
        seen += 1;
        if (resolution.state === 'exact' || resolution.state === 'moved') found += 1;
      }
    });
    fc.assert(property, { numRuns, endOnFailure: true });
    return found / seen;
  };

  it('no sentence is bound to another one without saying so, and what reads the same is found', () => {
    // Undecided may not become the easy way out.
    expect(histories(400)).toBeGreaterThan(0.8);
  });

  it.each<[string, Partial<SentenceAnchor>]>([
    ['rivals', { rivals: [] }],
    ['twins', { twins: 1 }],
    ['surroundings', { before: '', after: '' }],
  ])('an anchor that did not know its %s would be noticed', (_what, spoiled) => {
    expect(() => histories(2000, spoiled)).toThrow('Property failed');
  });
});

const everySentence = (of: AnnualReport): { id: number; place: AnchorPlace & { from: number } }[] =>
  proseOf(of).flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((sentences, paragraph) => {
      let from = 0;
      return sentences.map(({ id, text }) => {
        const place = { passage: { chapter: no, paragraph }, from, to: from + text.length };
        from = place.to;
        return { id, place };
      });
    }),
  );

interface World {
  readonly prose: Prose;
  readonly after: AnnualReport;
  readonly one: AnnualReport;
}

/** What a person would say of a resolution who knows which sentence became which. */
function judged(anchor: SentenceAnchor, id: number, found: Resolution, world: World): string {
  const truth = placeOfTracked(world.prose, id);
  if (found.state === 'gone' || found.state === 'ambiguous') {
    const untouched = truth !== null && !truth.sentence.words;
    const once = anchor.twins === 1 && foldWords(anchor.sentence).text.length >= 8 && anchor.rivals.length === 0;
    const now = all(world.prose).filter(({ text }) => foldWords(text).text === foldWords(anchor.sentence).text).length;
    return untouched && once && now === 1 ? `lost: ${anchor.sentence}` : 'right';
  }
  const { place, text } = found;
  if (!('passage' in place) || 'part' in place.passage) return 'outside the chapters';
  const { chapter, paragraph } = place.passage;
  if (truth?.chapter === chapter && truth.paragraph === paragraph && truth.from <= place.from && place.to <= truth.to)
    return 'right';
  const there = all(world.prose).find(({ id: other }) => {
    const at = placeOfTracked(world.prose, other);
    return at?.chapter === chapter && at.paragraph === paragraph && at.from <= place.from && place.from < at.to;
  });
  // Written anew in the place of what was struck out.
  if (truth === null && there !== undefined && there.id < 0) return 'right';
  const then = all(proseOf(world.one)).find((sentence) => sentence.id === there?.id)?.text ?? there?.text ?? '';
  const isTwin = [then, text].some((said) => foldWords(said).text === foldWords(anchor.sentence).text);
  return isTwin && isAsGood(anchor, { chapter, paragraph, from: place.from, to: place.to }, truth, world)
    ? 'right'
    : `${anchor.sentence} bound to ${text} (${JSON.stringify(found)})`;
}

/**
 * Twins that changed places cannot be told from twins that did not. A reader takes the one whose surroundings are at least
 * as much like those of the note (the chapter being one of them) as those of the one that was meant, by a measure the rule does not use.
 */
function isAsGood(
  anchor: SentenceAnchor,
  found: Stretch,
  truth: ReturnType<typeof placeOfTracked>,
  { after }: World,
): boolean {
  const likeness = surroundingsLikeness(anchor, found, after);
  if (truth === null) return likeness >= 0.6;
  // Her own words in another place say more than edited ones where they stood.
  return truth.sentence.words || likeness >= surroundingsLikeness(anchor, truth, after) - 0.25;
}

interface Stretch {
  readonly chapter: number;
  readonly paragraph: number;
  readonly from: number;
  readonly to: number;
}

const paragraphsOf = ({ chapters }: AnnualReport, chapter: number): readonly string[] =>
  chapters.find(({ no }) => no === chapter)?.paragraphs ?? [];

function surroundingsLikeness(
  { before: left, after: right, passage }: SentenceAnchor,
  at: Stretch,
  of: AnnualReport,
): number {
  const paragraphs = paragraphsOf(of, at.chapter);
  const own = paragraphs[at.paragraph] ?? '';
  const ahead = paragraphs.slice(0, at.paragraph).join('') + own.slice(0, at.from);
  const behind = own.slice(at.to) + paragraphs.slice(at.paragraph + 1).join('');
  const around = (left === '' ? '' : ahead.slice(-left.length)) + behind.slice(0, right.length);
  const chapter = 'part' in passage ? null : passage.chapter;
  return 0.7 * likenessOf(left + right, around) + (chapter === at.chapter ? 0.3 : 0);
}

const all = (prose: Prose): readonly Tracked[] => prose.flatMap(({ paragraphs }) => paragraphs.flat());

describe('200 notes on a full report', () => {
  const topics = [
    '行政许可',
    '行政处罚',
    '财政资金',
    '社会保障',
    '教育医疗',
    '生态环境',
    '安全生产',
    '营商环境',
    '乡村振兴',
  ];
  const sayings = [
    (topic: string, n: number) => `围绕${topic}重点领域，全年主动公开信息${n}条，做到应公开尽公开。`,
    (topic: string, n: number) => `${topic}类政策文件同步发布解读材料${n}件，采用图表等群众易懂的形式。`,
    (topic: string, n: number) => `组织召开${topic}新闻发布会${n}场，及时回应社会关切。`,
    (topic: string, n: number) => `第${n}期业务培训专题讲授${topic}公开目录的编制与维护。`,
    (topic: string, n: number) => `个别单位对${topic}信息的更新不够及时，抽查发现${n}处链接失效；`,
    (topic: string, n: number) => `下一步将把${topic}纳入年度考核，由政务公开办公室逐月通报，限${n}日内整改。`,
    (topic: string, n: number) => `收到涉及${topic}的公开申请${n}件，依法予以公开，未发生行政复议。`,
  ];
  const full = written(
    Array.from({ length: 80 }, (_, at) =>
      Array.from({ length: 6 }, (__, nth) => sayings[(at + nth) % 7]!(topics[(at + 2 * nth) % 9]!, at * 7 + nth)).join(''),
    ),
  ); // prettier-ignore
  const anchors = everySentence(full)
    .slice(0, 400)
    .filter((_, at) => at % 2 === 0)
    .slice(0, 200)
    .map(({ place }) => bound(full, place));
  /** What finding all of them costs, in copies of the report they are looked for in. */
  const copiesFor = (after: AnnualReport): number =>
    costInCopies(after, 9, () => {
      // A fresh copy, so that nothing kept from the last run helps.
      const fresh = structuredClone(after);
      for (const anchor of anchors) resolveAnchor(anchor, fresh);
    });

  it('are found for the cost of a few copies of the report, however many of them were edited', () => {
    expect(anchors).toHaveLength(200);
    const reworded = (one: AnnualReport, nth: number): AnnualReport =>
      written(
        (one.chapters.find(({ no }) => no === 5)?.paragraphs ?? []).map((text, at) =>
          at % nth === 0 ? text.replaceAll('公开', '公示').replaceAll('年', '') : text,
        ),
      );
    // Usual are 50, 65 and 210.
    expect(copiesFor(full)).toBeLessThan(200);
    expect(copiesFor(reworded(full, 10))).toBeLessThan(200);
    expect(copiesFor(reworded(full, 1))).toBeLessThan(800);
  });
});

describe('a suggestion', () => {
  const text = (report: AnnualReport, chapter = 5): readonly string[] =>
    report.chapters.find(({ no }) => no === chapter)?.paragraphs ?? [];
  const suggested = (anchor: Anchor, after: AnnualReport, words: string): AnnualReport => {
    const next = writeInPlace(after, anchor as SentenceAnchor, words);
    if (isRefusal(next)) throw new Error(`refused: ${next.refused}`);
    return next;
  };

  it('is written where the quotation stands now, and nowhere else', () => {
    const after = written(['新段。', THIRD, MEANT + OTHER]);
    expect(text(suggested(quoted(before, '2次'), after, '3次'))).toEqual(['新段。', THIRD, MEANT + OTHER.replace('2次', '3次')]);
    expect(text(suggested(quoted(before, MEANT), after, ''))).toEqual(['新段。', THIRD, OTHER]);
    const preface = bound(before, { passage: { part: 'preface' }, from: 0, to: 4 });
    expect(suggested(preface, before, '改写').preface).toBe(`改写${before.preface.slice(4)}`);
  }); // prettier-ignore

  it('that strikes out a whole paragraph takes it away and keeps the table where it was', () => {
    const table = sample.chapters.find(({ tableAt }) => tableAt !== undefined)!;
    const report = {
      ...sample,
      chapters: sample.chapters.map((one) =>
        one === table ? { ...one, paragraphs: [MEANT, THIRD], tableAt: 1 } : one,
      ),
    };
    const after = suggested(quoted(report, MEANT), report, '');
    expect(after.chapters.find(({ no }) => no === table.no)).toMatchObject({ paragraphs: [THIRD], tableAt: 0 });
    expect(isRefusal(parseAnnualReport(after))).toBe(false);
  });

  it('for a cell is read as a figure of its column', () => {
    const cell = 't3.1.natural-person';
    const after = suggested(bound(sample, { cell }), sample, '１２');
    expect(after.tables['t3']?.[cell]).toMatchObject({ state: 'value', value: '12' });
    expect([figureFor(sample, cell, '约12'), figureFor(sample, cell, ''), figureFor(sample, 't3.none', '1')]).toEqual([null, null, null]);
    expect(figureFor(sample, cell, '/')).toMatchObject({ state: 'not-applicable' });
  }); // prettier-ignore

  it.each<[string, AnnualReport, string | null]>([
    ['was edited', written([MEANT.replace('个别', '部分') + OTHER]), MEANT.replace('个别', '部分')],
    ['has other stops', written([MEANT.replace('，', ',') + OTHER]), MEANT.replace('，', ',')],
    ['is gone', written([OTHER]), null],
  ])('is refused where the text %s, with what stands there now', (_what, after, found) => {
    expect(writeInPlace(after, quoted(before, MEANT) as SentenceAnchor, '别的话。')).toEqual({
      refused: 'text_changed',
      data: { found },
    });
  });

  it('is refused where the figure is another one now', () => {
    const cell = 't3.1.natural-person';
    const after = suggested(bound(sample, { cell }), sample, '77');
    expect(writeInPlace(after, bound(sample, { cell }) as CellAnchor, '78')).toEqual({ refused: 'text_changed', data: { found: '77' } });
  }); // prettier-ignore
});
