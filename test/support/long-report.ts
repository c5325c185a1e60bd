import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import type { EditionDocument } from '#report/edition';
import type { AnnualReport } from '#report/model';

const NAME = '向阳区人民政府';

const FIELDS = [
  '稳岗就业',
  '义务教育',
  '医疗卫生',
  '养老服务',
  '住房保障',
  '生态环境',
  '食品药品安全',
  '行政执法',
  '财政预决算',
  '重大建设项目',
  '惠农补贴',
  '营商环境',
];
const PARTS = [
  (field: string, n: number): string =>
    `围绕${field}等群众关心的领域，全年通过区政府门户网站主动公开信息${n * 37 + 12}条，其中政策文件${n + 3}件、解读材料${n + 5}篇，均在文件印发之日起3个工作日内公开。`,
  (field: string, n: number): string =>
    `对${field}领域现行有效的行政规范性文件逐件清理，废止${n % 4}件、修改${(n % 3) + 1}件，清理结果已统一发布，历史文件注明效力，便于企业和群众查询使用。`,
  (field: string, n: number): string =>
    `${field}主管部门负责人参加在线访谈${(n % 5) + 1}次，答复网民留言${n * 9 + 4}条，平均答复用时${(n % 4) + 2}个工作日，对涉及面广的问题另行编制了问答并在政务新媒体同步推送。`,
  (field: string, n: number): string =>
    `把${field}公开情况纳入年度目标考核，分值权重不低于4%，组织专题培训${(n % 3) + 1}期、参训${n * 14 + 26}人次，对检查发现的${n + 6}个问题逐一交办，限期整改并回访。`,
];
const WRONG = [
  (field: string, n: number): string =>
    `${['一', '二', '三', '四', '五', '六'][n % 6]}是${field}信息公开的时效和质量还不均衡，个别单位重数量、轻实效，政策解读以文字为主，图表、短视频等形式偏少，群众看得懂、用得上的内容不够多。下一步将建立发布前会商和发布后评估制度，每季度抽查一次，抽查结果在全区通报，并请服务对象参加评议。`,
];
const OTHER = [
  (field: string, n: number): string =>
    `本年度办理涉及${field}的人大代表建议${n + 2}件、政协提案${n + 1}件，按规定可以公开的答复已全部公开。依据《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。`,
];

const prose = (parts: readonly ((field: string, n: number) => string)[], letters: number): string[] => {
  const paragraphs: string[] = [];
  for (let n = 0, length = 0; length < letters; n += 1) {
    const one = (parts[n % parts.length] ?? parts[0]!)(FIELDS[n % FIELDS.length] ?? '', n);
    // Two sentences make a paragraph, as offices write.
    if (n % 2 === 1) paragraphs.push(`${paragraphs.pop() ?? ''}${one}`);
    else paragraphs.push(one);
    length += one.length;
  }
  return paragraphs;
};

/** Letters of prose by chapter, as in the longest reports offices write. */
const LETTERS = new Map([
  [1, 3_400],
  [5, 1_500],
  [6, 700],
]);
const WRITTEN = new Map([
  [1, PARTS],
  [5, WRONG],
  [6, OTHER],
]);
const PREFACE = (year: number): string =>
  `根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》要求，编制本报告。本报告所列数据的统计期限自${year}年1月1日起至${year}年12月31日止。如对本报告有疑问，请与向阳区人民政府办公室联系（地址：向阳区光复路1号，邮编：154000，电话：0454-8620018）。`;

/** A report of `year` as long as offices write them, with every figure filled, in the form of that year. */
export function longEdition(year: number): EditionDocument {
  const blank = blankReport(NAME, year);
  if (isRefusal(blank)) throw new Error(blank.refused);
  const report: AnnualReport = {
    ...blank,
    preface: PREFACE(year),
    contact: { address: '向阳区光复路1号', postcode: '154000', phone: '0454-8620018' },
    chapters: blank.chapters.map((chapter) => {
      const parts = WRITTEN.get(chapter.no);
      return parts === undefined ? chapter : { ...chapter, paragraphs: prose(parts, LETTERS.get(chapter.no) ?? 0) };
    }),
    tables: Object.fromEntries(
      Object.entries(blank.tables).map(([id, cells]) => [
        id,
        Object.fromEntries(
          Object.keys(cells).map((cell, n) => {
            const value = String(n % 3 === 0 ? (n * 37) % 1_000 : 0);
            return [cell, { state: 'value' as const, value, original: value }];
          }),
        ),
      ]),
    ),
  };
  return {
    schema: 'sunward.edition/1',
    document: '00000000-0000-4000-8000-000000000003',
    edition: 1,
    kind: 'annual-report',
    organ: { code: 'xiangyang', name: NAME, level: 'county' },
    year,
    format: report.format,
    report,
    attachments: [],
  };
}
