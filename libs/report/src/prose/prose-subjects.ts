import { cellsOf } from '../format.js';
import type { FormatDefinition } from '../format-definition.js';
import { type RuleSettings, wordsFor } from '../rules/rule-settings.js';
import type { Topic } from './clauses.js';

/**
 * What a number in prose may count. `ways`: sums of cells it may equal, any of them (`*` stands for one part of an id). `needs`: which words must
 * be said; `topic`: what the paragraph must be speaking of; `asPart`: may stand behind 其中; `within`: only behind a figure of that subject in
 * the same sentence; `chapter`: only there, unless the clause says 信息公开 or one of its verbs.
 */
export interface ProseSubject {
  readonly id: string;
  readonly rule: 'P01' | 'P07' | 'P08';
  readonly name: string;
  readonly needs: 'verb' | 'noun' | 'both';
  readonly verbs: readonly string[];
  readonly nouns: readonly string[];
  readonly unit: 'pieces' | 'money';
  readonly ways: readonly (readonly string[])[];
  readonly topic: Topic;
  readonly asPart: boolean;
  readonly within?: string;
  readonly chapter?: number;
}

type Entry = Omit<ProseSubject, 'verbs' | 'nouns'> & {
  readonly words: { readonly verbs?: string; readonly nouns?: string };
};

const flow = { rule: 'P01', unit: 'pieces', topic: 'applications', asPart: false } as const;
const outcome = { ...flow, needs: 'verb', asPart: true } as const;
const ANSWERED = ['t3.3.1.total', 't3.3.2.total', 't3.3.3.*.total', 't3.3.4.*.total', 't3.3.5.*.total'];
const applicant = { ...flow, needs: 'noun', asPart: true, within: 'received' } as const;
const ORGANISATIONS = ['commercial', 'research', 'welfare', 'legal-service', 'other'];
const dispute = { rule: 'P07', unit: 'pieces', needs: 'noun', asPart: true, chapter: 4 } as const;
const verdict = { rule: 'P07', unit: 'pieces', needs: 'verb', asPart: true, chapter: 4 } as const;
const normative = { rule: 'P08', unit: 'pieces', needs: 'verb', topic: 'normative', asPart: true } as const;
const act = { rule: 'P08', unit: 'pieces', needs: 'noun', topic: null, asPart: false } as const;
const decision = { ...act, chapter: 2 } as const;
const litigation = (column: string): readonly (readonly string[])[] => [
  [`t4.litigation-direct.${column}`, `t4.litigation-after-review.${column}`],
];
const ofApplicants = (columns: readonly string[]): readonly (readonly string[])[] => [
  columns.map((column) => `t3.1.${column}`),
  [...columns.map((column) => `t3.1.${column}`), ...columns.map((column) => `t3.2.${column}`)],
];
const outcomeWords = (verbs: string): Entry['words'] => ({ verbs, nouns: 'outcome' });

const ENTRIES: readonly Entry[] = [
  {
    ...flow,
    id: 'received',
    name: '新收申请',
    needs: 'verb',
    words: { verbs: 'received', nouns: 'received' },
    ways: [['t3.1.total'], ['t3.1.total', 't3.2.total']],
  },
  {
    ...flow,
    id: 'carriedIn',
    name: '上年结转',
    needs: 'verb',
    asPart: true,
    words: { verbs: 'carriedIn', nouns: 'carriedIn' },
    ways: [['t3.2.total']],
  },
  {
    ...flow,
    id: 'handled',
    name: '办结',
    needs: 'verb',
    words: { verbs: 'handled', nouns: 'handled' },
    ways: [['t3.3.7.total']],
  },
  {
    ...flow,
    id: 'answered',
    name: '答复',
    needs: 'verb',
    words: { verbs: 'answered', nouns: 'answered' },
    ways: [['t3.3.7.total'], ANSWERED],
  },
  {
    ...flow,
    id: 'carriedOut',
    name: '结转下年',
    needs: 'verb',
    asPart: true,
    words: { verbs: 'carriedOut', nouns: 'carriedOut' },
    ways: [['t3.4.total']],
  },
  { ...outcome, id: 'granted', name: '予以公开', words: outcomeWords('granted'), ways: [['t3.3.1.total']] },
  { ...outcome, id: 'partly', name: '部分公开', words: outcomeWords('partly'), ways: [['t3.3.2.total']] },
  { ...outcome, id: 'refused', name: '不予公开', words: outcomeWords('refused'), ways: [['t3.3.3.*.total']] },
  { ...outcome, id: 'unable', name: '无法提供', words: outcomeWords('unable'), ways: [['t3.3.4.*.total']] },
  { ...outcome, id: 'unprocessed', name: '不予处理', words: outcomeWords('unprocessed'), ways: [['t3.3.5.*.total']] },
  {
    ...outcome,
    id: 'otherwise',
    name: '其他处理',
    words: outcomeWords('otherwise'),
    ways: [['t3.3.6.*.total'], ['t3.3.6.total']],
  },
  {
    ...applicant,
    id: 'naturalPerson',
    name: '自然人申请',
    words: { nouns: 'naturalPerson' },
    ways: ofApplicants(['natural-person']),
  },
  {
    ...applicant,
    id: 'organisations',
    name: '法人或其他组织申请',
    words: { nouns: 'organisations' },
    ways: ofApplicants(ORGANISATIONS),
  },
  {
    ...applicant,
    id: 'commercial',
    name: '商业企业申请',
    words: { nouns: 'commercial' },
    ways: ofApplicants(['commercial']),
  },
  {
    ...dispute,
    id: 'review',
    name: '行政复议',
    topic: 'review',
    words: { verbs: 'review', nouns: 'review' },
    ways: [['t4.review.total']],
  },
  {
    ...dispute,
    id: 'litigation',
    name: '行政诉讼',
    topic: 'litigation',
    words: { verbs: 'litigation', nouns: 'litigation' },
    ways: litigation('total'),
  },
  {
    ...dispute,
    id: 'direct',
    name: '未经复议直接起诉',
    topic: 'litigation',
    words: { nouns: 'direct' },
    ways: [['t4.litigation-direct.total']],
  },
  {
    ...dispute,
    id: 'afterReview',
    name: '复议后起诉',
    topic: 'litigation',
    words: { nouns: 'afterReview' },
    ways: [['t4.litigation-after-review.total']],
  },
  ...(['upheld', 'corrected', 'pending'] as const).flatMap((id): Entry[] => {
    const name = { upheld: '结果维持', corrected: '结果纠正', pending: '尚未审结' }[id];
    return [
      {
        ...verdict,
        id: `review-${id}`,
        name: `复议${name}`,
        topic: 'review',
        words: { verbs: id },
        ways: [[`t4.review.${id}`]],
      },
      {
        ...verdict,
        id: `litigation-${id}`,
        name: `诉讼${name}`,
        topic: 'litigation',
        words: { verbs: id },
        ways: litigation(id),
      },
    ];
  }),
  {
    ...normative,
    id: 'normativeMade',
    name: '制发规范性文件',
    words: { verbs: 'normativeMade', nouns: 'normative' },
    ways: [['t2.20-1.normative.made']],
  },
  {
    ...normative,
    id: 'normativeRepealed',
    name: '废止规范性文件',
    words: { verbs: 'normativeRepealed', nouns: 'normative' },
    ways: [['t2.20-1.normative.repealed']],
  },
  {
    ...normative,
    id: 'normativeInForce',
    name: '现行有效规范性文件',
    words: { verbs: 'normativeInForce', nouns: 'normative' },
    ways: [['t2.20-1.normative.in-force']],
  },
  {
    ...decision,
    id: 'licensing',
    name: '行政许可',
    words: { verbs: 'licensing', nouns: 'licensing' },
    ways: [['t2.20-5.licensing.decisions']],
  },
  {
    ...decision,
    id: 'penalties',
    name: '行政处罚',
    words: { verbs: 'penalties', nouns: 'penalties' },
    ways: [['t2.20-6.penalties.decisions']],
  },
  {
    ...decision,
    id: 'enforcement',
    name: '行政强制',
    words: { verbs: 'enforcement', nouns: 'enforcement' },
    ways: [['t2.20-6.enforcement.decisions']],
  },
  {
    ...act,
    id: 'fees',
    name: '行政事业性收费',
    unit: 'money',
    words: { verbs: 'fees', nouns: 'fees' },
    ways: [['t2.20-8.fees.amount']],
  },
];

const SHORTEST_LABEL = 4;

/** Rows of 表三 that prose may name by their own label: the reasons of 不予公开 and the like, whatever the form calls them. */
function labelledRows(format: FormatDefinition): readonly ProseSubject[] {
  const table = format.tables.find(({ id }) => id === 't3');
  if (table === undefined) return [];
  return cellsOf(table)
    .filter(({ row, column }) => column.id === 'total' && row.labels.length === 3)
    .flatMap(({ row, id }): ProseSubject[] => {
      const label = (row.labels.at(-1) ?? '').replace(/^\d+\./, '').normalize('NFKC');
      if (label.length < SHORTEST_LABEL) return [];
      return [{ ...outcome, id, name: label, needs: 'noun', verbs: [], nouns: [label, `${label}的`], ways: [[id]] }];
    });
}

/** All subjects of a form, with the words that hold for a report year. */
export function subjectsOf(format: FormatDefinition, settings: RuleSettings, year: number): readonly ProseSubject[] {
  const list = (id: string | undefined, kind: string): readonly string[] =>
    id === undefined ? [] : wordsFor(settings, `P.${id}.${kind}`, year);
  return [
    ...ENTRIES.map(({ words, ...entry }) => ({
      ...entry,
      verbs: list(words.verbs, 'verbs'),
      nouns: list(words.nouns, 'nouns'),
    })),
    ...labelledRows(format),
  ];
}
