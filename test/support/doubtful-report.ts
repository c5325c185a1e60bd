import { reportOf } from './console-district.js';

const replaced = (text: string, [before, after]: readonly [string, string]): string => {
  if (!text.includes(before)) throw new Error(`the sample no longer says “${before}”`);
  return text.replace(before, after);
};

/** Words that look like a name and a home, a private mail address, and three rows of a table in which decisions equal items. */
const DOUBTS: readonly (readonly [before: string, after: string])[] = [
  ['六、2021年工作安排', '信访人张小明反映的问题已答复，其家住幸福小区3号楼2单元501室。\n六、2021年工作安排'],
  ['文件要求，现将', '文件要求（邮箱：xyzwgk@163.com），现将'],
  ['\t111\n', '\t30\n'],
  ['\t22\n\t0\n', '\t22\n\t22\n'],
  ['\t49\n\t0\n\t8\n', '\t49\n\t0\n\t49\n'],
];

/** The report of an organ with three places to review for confidentiality, and a warning that stands in a cell. */
export function doubtfulReportOf(organ: string): Buffer {
  return Buffer.from(DOUBTS.reduce(replaced, reportOf(organ).toString('utf8')));
}
