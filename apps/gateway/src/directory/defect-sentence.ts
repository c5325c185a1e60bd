import { type CaseKind } from '#domain/case-kind';
import type { DirectoryDefect } from './directory-law.js';

/** What people call each kind of case. */
export const KIND_NAMES: Readonly<Record<CaseKind, string>> = {
  publish: '公开',
  correct: '更正',
  withdraw: '撤回公开',
  emergency: '应急公开',
  ratify: '追认',
};

/** The complaints of the law of routes in Chinese; `$n` are the words of the complaint. */
const IN_CHINESE: readonly (readonly [RegExp, string])[] = [
  [/^stage (\S+) appears twice$/, '环节 $1 出现两次'],
  [/^no stage in the review leg$/, '审核段没有环节'],
  [/^no stage in the approval leg$/, '签发段没有环节'],
  [/^review stage (\S+) comes after an approval stage$/, '审核环节 $1 排在签发环节之后'],
  [/^stage (\S+) needs (\d+) signatures and has (\d+) slots$/, '环节 $1 需 $2 人签批，只有 $3 个席位'],
  [/^person (\S+) is named twice$/, '同一人被指名两次'],
  [/^an emergency route names every signer$/, '应急路线须逐一指名签批人'],
  [/^an emergency needs (\d+) named persons, not (\d+)$/, '应急路线须指名 $1 人，现为 $2 人'],
  [/^no stage has the duty of secrecy review$/, '没有承担保密审查的环节：保密审查可以移位，不能省去'],
];

/** What is wrong with a route, in Chinese; a complaint without a translation stays as it is. */
export function routeProblem(problem: string): string {
  const known = IN_CHINESE.find(([pattern]) => pattern.test(problem));
  return known === undefined ? problem : problem.replace(known[0], known[1]);
}

/** A defect of a directory as a sentence in Chinese. */
export function defectSentence(defect: DirectoryDefect): string {
  switch (defect.defect) {
    case 'route_unlawful':
      return `路线“${defect.route}”：${routeProblem(defect.problem)}`;
    case 'route_unknown':
      return `目录所列路线 ${defect.route} 的内容不在`;
    case 'grants_overlap':
      return `同一人的职务 ${defect.office} 期间重叠`;
    case 'two_routes':
      return `机关 ${defect.organ} 的“${KIND_NAMES[defect.kind]}”同时有两条路线`;
    default:
      return `路线“${defect.route}”（${KIND_NAMES[defect.kind]}）在 ${defect.organ} 走不完：环节 ${defect.stage} 缺少不同的人（${defect.seats.join('、')}）`;
  }
}
