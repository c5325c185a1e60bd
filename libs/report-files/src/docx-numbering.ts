import { type Attributes, walkXml } from './xml-door.js';

/** One level of a list: how its number is written (`%1、`), in which numerals, and where it starts. */
interface Level {
  readonly text: string;
  readonly format: string;
  readonly start: number;
}

/** Numbers Word prints in front of paragraphs: chapter headings and row labels are often made with them. */
export interface Numbering {
  /** The mark in front of the next paragraph of that list and level; empty when there is none. */
  next(list: string, level: number): string;
}

/** Reads word/numbering.xml (ECMA-376 part 1, 17.9); without it no paragraph has a number. */
export function readNumbering(bytes: Uint8Array | null): Numbering {
  const lists = bytes === null ? new Map<string, ReadonlyMap<number, Level>>() : levelsByList(bytes);
  const counts = new Map<string, number[]>();
  return {
    next: (list, level) => {
      const levels = lists.get(list);
      const own = levels?.get(level);
      if (levels === undefined || own === undefined) return '';
      const counted = counts.get(list) ?? [];
      counted[level] = (counted[level] ?? own.start - 1) + 1;
      counted.length = level + 1;
      counts.set(list, counted);
      return own.text.replace(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const of = levels.get(at);
        return written(counted[at] ?? of?.start ?? 1, of?.format ?? 'decimal');
      });
    },
  };
}

function levelsByList(bytes: Uint8Array): Map<string, ReadonlyMap<number, Level>> {
  const abstracts = new Map<string, Map<number, Level>>();
  const lists = new Map<string, string>();
  let abstract = '';
  let list = '';
  let level = -1;
  const change = (part: Partial<Level>): void => {
    const levels = abstracts.get(abstract);
    if (levels !== undefined && level >= 0)
      levels.set(level, { text: '', format: 'decimal', start: 1, ...levels.get(level), ...part });
  };
  const on: Readonly<Record<string, (attributes: Attributes) => void>> = {
    abstractNum: ({ abstractNumId = '' }) => {
      abstract = abstractNumId;
      abstracts.set(abstract, new Map());
    },
    lvl: ({ ilvl = '0' }) => (level = Number(ilvl)),
    start: ({ val = '1' }) => change({ start: Number(val) }),
    numFmt: ({ val = 'decimal' }) => change({ format: val }),
    lvlText: ({ val = '' }) => change({ text: val }),
    num: ({ numId = '' }) => (list = numId),
    abstractNumId: ({ val = '' }) => lists.set(list, val),
  };
  walkXml(bytes, 'word/numbering.xml', {
    open: (name, attributes) => on[name]?.(attributes),
    close: (name) => {
      if (name === 'lvl') level = -1;
    },
    text: () => undefined,
  });
  return new Map([...lists].map(([id, of]) => [id, abstracts.get(of) ?? new Map<number, Level>()]));
}

const DIGITS = '零一二三四五六七八九';
const CHINESE = new Set([
  'chineseCounting',
  'chineseCountingThousand',
  'japaneseCounting',
  'taiwaneseCountingThousand',
  'ideographDigital',
  'chineseLegalSimplified',
]);

function written(number: number, format: string): string {
  if (format === 'none' || format === 'bullet') return '';
  if (!CHINESE.has(format)) return String(number);
  if (number < 10) return DIGITS.charAt(number);
  if (number >= 100) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens === 1 ? '' : DIGITS.charAt(tens)}十${ones === 0 ? '' : DIGITS.charAt(ones)}`;
}
