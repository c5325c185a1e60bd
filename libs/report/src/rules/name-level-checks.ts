import type { OrganLevel } from './check-context.js';
import {
  failureIn,
  failuresOr,
  notAssessable,
  occurrencesOf,
  passagesOf,
  rangesOf,
  type Passage,
} from './report-passages.js';
import { wordsFor } from './rule-settings.js';
import type { Outcome, Subject } from './rule.js';

/** Kinds of region, highest first, with the levels an organ that has them may stand on. */
const REGIONS: readonly (readonly [name: string, levels: readonly OrganLevel[]])[] = [
  ['省', [2]],
  ['市', [2, 3, 4]],
  ['州', [3]],
  ['盟', [3]],
  ['区', [2, 3, 4]],
  ['县', [4]],
  ['旗', [4]],
  ['镇', [5]],
  ['乡', [5]],
  ['街道', [5]],
];

// 安全区域, 资本市场, 全区域, 全市场, 全州县 are other words.
const SELF =
  /(?<![自])我(?<mine>省|市|州|盟|区|县|旗|镇|乡|街道)(?!场|民|域)|(?<![成资基样日原版])本(?<this>省|市|州|盟|区|县|旗|镇|乡|街道)(?!场|民|域|级|土)|(?<![安健完齐])全(?<all>省|市|州|盟|区|县|旗|镇|乡|街道)(?!场|民|域|县|村)/gu;
const GOVERNMENT =
  /(?<![\p{Script=Han}])(?:市|州)(?:人民)?政府(?!办|网|门户|信息公开|关于|文件|统一|部署|要求|《)|(?<=[我本])(?:市|州)(?:人民)?政府/gu;
/**
 * Words of a bureau's duties that hold a region's character: 向阳区城市管理局 is a district's. Most are such words only where a region's
 * name, or another duty, has just ended: 聊城市建设局 is of 聊城, 临江市民政局 of 临江.
 */
const IN_CHARGE_OF =
  /(?<=^|[省市州盟区县旗镇乡和与及、])(?:城市(?=管理|综合|行政|执法|建设|规划|更新|运|绿化|排水|供)|市政(?=工程|园林|设施|公用|管理|维护|建设|局|处|所|中心|道路|排水)|市容|市民(?=中心|服务|热线))|市场|(?<!成)都市[区圈]|城[乡镇](?=建|规|管|住|居|社|环|水|发|统|供|就|医|一|综|融)|乡村|社区|库区|景区|校区|灾区|小区|区域|区划|联盟/gu;
const QUOTED = /《[^》]{0,200}》/gu;
const DEFERS = /(?:在|居|列|按照|按|根据|落实|贯彻|执行|纳入|荣获|获|参加|对照|依据|围绕|配合|报|经)$/u;
const AS_OWN =
  /^(?:高度重视|认真|严格|全面|积极|扎实|深入|坚持|始终|持续|不断|进一步|根据|按照|主动公开|共|将|切实|在|以|\d{4}年)/u;

/** Its own regions and where they are known from. `judged`: by a profile, so that a wrong word is an error. */
interface OwnLevel {
  readonly regions: readonly string[];
  readonly highest: number;
  readonly judged: boolean;
}

/**
 * S15: no other organ's name and no other level stands as its own. With a profile a wrong word is an error; where the level is only inferred from
 * the organ's name, a warning.
 */
export function ownNameAndLevel(subject: Subject): readonly Outcome[] {
  const own = ownLevel(subject);
  if (own === null)
    return notAssessable(
      { part: 'report' },
      '从机关名称看不出层级，也没有机关资料，无法核对层级用语',
      'neither profile nor name tells the level of the organ, words of level cannot be checked',
    );
  const superior = wordsFor(subject.context.settings, 'S15.not-own', subject.report.year);
  const failures = passagesOf(subject.report).flatMap((passage) => [
    ...levelWords(passage, own, subject, superior),
    ...otherNames(passage, subject),
  ]);
  return failuresOr(failures, '没有其他机关的名称或层级用语', 'no name or level of another organ');
}

function ownLevel({ report, context }: Subject): OwnLevel | null {
  const { profile } = context;
  const name = profile?.name ?? report.organName;
  const last = ownRegion(name);
  const byLevel = REGIONS.filter(([, levels]) => profile !== undefined && levels.includes(profile.level));
  const regions = last === undefined ? byLevel.map(([region]) => region) : [last];
  if (regions.length === 0) return null;
  const highest = Math.min(...regions.map((region) => REGIONS.findIndex(([known]) => known === region)));
  return { regions, highest, judged: profile !== undefined };
}

/** The last region named is the organ's own: 新河县青山镇人民政府 is a town's. What it is in charge of names none. */
function ownRegion(name: string): string | undefined {
  const regions = name.replace(IN_CHARGE_OF, (word) => '·'.repeat(word.length));
  return REGIONS.map(([region]) => [region, regions.lastIndexOf(region)] as const)
    .filter(([, at]) => at > 0)
    .toSorted(([, one], [, other]) => other - one)[0]?.[0];
}

function levelWords(passage: Passage, own: OwnLevel, { context }: Subject, superior: readonly string[]): Outcome[] {
  const { text } = passage;
  if (passage.kind === 'title') return [];
  const quoted = rangesOf(text, QUOTED);
  const allowed = context.profile?.regionWords ?? [];
  const words = rangesOf(text, SELF).filter(({ match, from, to }) => {
    const { mine, this: thisOne, all } = match.groups ?? {};
    const region = mine ?? thisOne ?? all ?? '';
    if (own.regions.includes(region) || allowed.includes(match[0])) return false;
    if (all === undefined) return true;
    const higher = REGIONS.findIndex(([known]) => known === region) < own.highest;
    return higher && !defers(text, from, to, superior);
  });
  const governments = own.regions.some((region) => ['镇', '乡', '街道'].includes(region))
    ? rangesOf(text, GOVERNMENT).filter(({ from, to }) => !defers(text, from, to, superior))
    : [];
  return [...words, ...governments]
    .filter(({ from, to }) => !quoted.some((range) => range.from <= from && to <= range.to))
    .map((range) =>
      failureIn(passage, range, {
        zh: `“${range.match[0]}”不是本机关的层级（${own.regions.join('、')}）；请核对是否照抄他处，改用本机关的称谓`,
        en: `"${range.match[0]}" is not the level of this organ (${own.regions.join(', ')}); see whether it was copied and use its own name`,
        expected: own.regions.join('|'),
        severity: own.judged ? 'E' : 'W',
      }),
    );
}

// The region above may be named where its instructions or rankings are told.
function defers(text: string, from: number, to: number, superior: readonly string[]): boolean {
  const after = text.slice(to, to + 14).split(/[，。；]/u)[0] ?? '';
  return DEFERS.test(text.slice(Math.max(0, from - 4), from)) || superior.some((word) => after.includes(word));
}

function otherNames(passage: Passage, { context, report }: Subject): Outcome[] {
  const own = context.profile?.name ?? report.organName;
  const others = (context.profile?.otherNames ?? []).filter((name) => name !== '' && !own.includes(name));
  return others.flatMap((name) =>
    occurrencesOf(passage.text, name)
      .filter(({ from, to }) => {
        if (passage.kind === 'title') return true;
        const begins = /(?:^|[。；\n])\s*(?:\d{4}年，?)?$/u.test(passage.text.slice(Math.max(0, from - 12), from));
        return begins && AS_OWN.test(passage.text.slice(to).replace(/^[，,\s]/u, ''));
      })
      .map((range) =>
        failureIn(passage, range, {
          zh: `“${name}”被当作本机关的名称；请核对是否照抄，改为“${own}”`,
          en: `"${name}" stands as this organ's own name; see whether it was copied, the organ is ${own}`,
          replacement: own,
          severity: 'E',
        }),
      ),
  );
}
