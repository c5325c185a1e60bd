import { rangesOf, type TextRange } from './report-passages.js';

/** Words that may tell who or where a citizen is. `shown`: the words, masked. */
export interface PersonalWords extends TextRange {
  readonly kind: 'name' | 'home' | 'plate';
  readonly shown: string;
}

// 单元 and a housing estate tell a dwelling; 3号楼305室 of an office has neither.
const HOMES = [
  /\d{1,4}(?:栋|幢|号楼|座)\s?[\dA-Za-z一二三四五六七八九十]{0,4}\s?单元(?:\s?\d{1,4}(?:室|号|户)?)?/gu,
  /[\d一二三四五六七八九十]{1,3}单元\s?\d{2,4}(?:室|号|户)/gu,
  /(?:小区|花园|家园|公寓|新村|佳苑|新苑|嘉园)[^，。；、\n]{0,8}\d{1,4}(?:栋|幢|号楼|座)[^，。；、\n]{0,6}?\d{2,4}(?:室|房|户|号)/gu,
];
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•.\s]?(?=[A-HJ-NP-Z\d]{0,5}\d)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警](?![A-Za-z\d])/gu;
const OFFICE = /(?:办公|政府|行政|政务|服务中心|大厅|查阅点|单位|机关|本局)[^，。；\n]{0,30}$/u;
const ENDS_NAME =
  /^(?:[，。、；：,;:（()）\s”"』」]|$|等|与|和|及|的|反映|不服|诉|要求|因|提出|申请|信访|上访|一案|案|户|家|同志|先生|女士)/u;

/** Names of citizens after words that announce them, homes and plate numbers. A guess: names look like other words. */
export function personalWordsIn(
  text: string,
  words: {
    readonly triggers: readonly string[];
    readonly surnames: readonly string[];
    readonly notNames: readonly string[];
  },
): readonly PersonalWords[] {
  return withoutRepeats([
    ...announcedNames(text, words),
    ...householdNames(text, words),
    ...homesIn(text),
    ...rangesOf(text, PLATE).map(({ from, to, match }): PersonalWords => ({
      from,
      to,
      kind: 'plate',
      shown: maskedPlate(match[0]),
    })),
  ]);
}

interface NameWords {
  readonly triggers: readonly string[];
  readonly surnames: readonly string[];
  readonly notNames: readonly string[];
}

function announcedNames(text: string, words: NameWords): readonly PersonalWords[] {
  return words.triggers.flatMap((trigger) => {
    const found: PersonalWords[] = [];
    for (let at = text.indexOf(trigger); at >= 0; at = text.indexOf(trigger, at + trigger.length)) {
      let from = at + trigger.length;
      from += /^(?:对象|人员|人|户|案件)?[：:“"（(]?(?:为|是|包括)?/u.exec(text.slice(from, from + 6))?.[0].length ?? 0;
      // Several names follow one word: 张三、李四和王五.
      for (let name = nameAt(text, from, words); name !== null; name = nameAt(text, from, words)) {
        found.push(name);
        from = name.to + (/^(?:[、和及与]|以及)/u.exec(text.slice(name.to, name.to + 2))?.[0].length ?? 0);
        if (from === name.to) break;
      }
    }
    return found;
  });
}

function nameAt(text: string, from: number, { surnames, notNames }: NameWords): PersonalWords | null {
  const surname = surnames.find((known) => text.startsWith(known, from));
  if (surname === undefined || notNames.some((word) => text.startsWith(word, from))) return null;
  const lengths = [surname.length + 2, surname.length + 1];
  for (const length of lengths) {
    const name = text.slice(from, from + length);
    const given = name.slice(surname.length);
    // 王某 and 张某某 are masked already.
    if (!/^\p{Script=Han}+$/u.test(given) || /[某等和与及的户]/u.test(given)) continue;
    if (name.length === length && ENDS_NAME.test(text.slice(from + length, from + length + 4)))
      return { from, to: from + length, kind: 'name', shown: maskedName(name) };
  }
  return null;
}

// 张小明户: a name of three at the start of a clause, then 户 as the household.
function householdNames(text: string, words: NameWords): readonly PersonalWords[] {
  return rangesOf(text, /(?<![\p{Script=Han}])(?<name>\p{Script=Han}{3,4})户(?=[，。、；：的\s]|$)/gu).flatMap(
    ({ from, match }): PersonalWords[] => {
      const name = match.groups?.['name'] ?? '';
      const surname = words.surnames.find((known) => name.startsWith(known));
      const isName = surname !== undefined && name.length <= surname.length + 2 && !/[某个大重困贫脱]/u.test(name);
      if (!isName || words.notNames.some((word) => name.startsWith(word))) return [];
      return [{ from, to: from + name.length, kind: 'name', shown: maskedName(name) }];
    },
  );
}

function homesIn(text: string): readonly PersonalWords[] {
  return HOMES.flatMap((pattern) =>
    rangesOf(text, pattern)
      .filter(({ from }) => !OFFICE.test(text.slice(Math.max(0, from - 50), from)))
      .map(({ from, to, match }): PersonalWords => ({
        from,
        to,
        kind: 'home',
        shown: match[0].replace(/[\dA-Za-z]/gu, '*'),
      })),
  );
}

const maskedName = (name: string): string => `${name.slice(0, 1)}${'*'.repeat(name.length - 1)}`;
const maskedPlate = (plate: string): string =>
  `${plate.slice(0, 2)}${'*'.repeat(Math.max(0, plate.length - 3))}${plate.slice(-1)}`;

function withoutRepeats(found: readonly PersonalWords[]): readonly PersonalWords[] {
  const sorted = found.toSorted((one, other) => one.from - other.from || other.to - one.to);
  let end = -1;
  return sorted.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}
