// Report texts for npm run bench:search: the sentences every report has, and sentences of words that are common, rare or nearly alone. The same seed
// makes the same reports.

const SUBJECTS = (
  '住房和城乡建设 教育 卫生健康 市场监督管理 交通运输 农业农村 自然资源 生态环境 人力资源和社会保障 民政 财政 审计 统计 应急管理 ' +
  '文化和旅游 退役军人事务 医疗保障 司法 水务 林业和草原 城市管理 行政审批 发展和改革 工业和信息化 商务 科学技术 公安 信访 体育 民族宗教'
).split(' ');
const MATTERS = (
  '结转 征收补偿 老旧小区改造 义务教育招生 疫情防控 食品安全抽检 河湖长制 耕地保护 职业技能培训 养老服务 预算公开 审计整改 经济普查 ' +
  '安全生产 景区管理 优抚安置 医保报销 法律援助 供水保障 森林防火 违建拆除 一网通办 价格监测 中小企业 招商引资 科技创新 户籍办理 信访积案 全民健身 ' +
  '宗教场所 乡村振兴 营商环境 减税降费 公共资源交易 政府采购 重大决策 行政处罚 双随机 政务新媒体 政策解读'
).split(' ');
const DEEDS =
  '公布 修订 梳理 答复 受理 移送 复核 督办 通报 培训 抽查 整改 汇总 发布 解读 调整 完善 规范 公示 反馈'.split(' ');
const COMMON = [
  '根据《中华人民共和国政府信息公开条例》要求，现将本年度政府信息公开工作情况报告如下。',
  '本报告中所列数据的统计期限自1月1日起至12月31日止。',
  '深入贯彻落实党中央、国务院关于全面推进政务公开工作的决策部署，坚持以公开为常态、不公开为例外。',
  '加强组织领导，健全工作机制，明确专人负责，确保政府信息公开工作有序开展。',
  '收到政府信息公开申请后，依照法定程序登记、审查、答复，没有收取信息处理费。',
  '因政府信息公开引起的行政复议和行政诉讼情况见下表。',
  '存在的主要问题：公开内容不够全面，解读形式比较单一，工作人员业务能力有待提高。',
  '改进措施：加强学习培训，丰富公开形式，强化监督检查，切实保障人民群众的知情权、参与权、表达权和监督权。',
  '通过政府网站、政务新媒体、新闻发布会等渠道主动公开政府信息，及时回应社会关切。',
];
const PLACES = '东 西 南 北 长 安 和 平 永 兴 新 华 建 设 向 阳 光 明 福 民 青 云 清 泉 金 山 石 桥 河 湾'.split(' ');

/** Numbers from 0 up to 1, the same for the same seed. Source: mulberry32. */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The n-th report: its organ, year and paragraphs by chapter; `sentences` of its own beside those every report has. */
export function benchReport(n, sentences = 45) {
  const random = chance(n + 1);
  const of = (list) => list[Math.floor(random() ** 2 * list.length)];
  const any = (list) => list[Math.floor(random() * list.length)];
  const place = `${any(PLACES)}${any(PLACES)}`;
  const organ = {
    code: `organ-${Math.floor(n / 10)}`,
    name: `${place}区${SUBJECTS[Math.floor(n / 10) % SUBJECTS.length]}局`,
  };
  const own = () =>
    `${any(PLACES)}${any(PLACES)}${any(['街道', '镇', '乡', '社区'])}就${of(SUBJECTS)}领域${of(MATTERS)}事项${of(DEEDS)}信息${Math.floor(random() * 900) + 1}条，` +
    `会同${any(SUBJECTS)}部门${any(DEEDS)}${of(MATTERS)}情况，涉及${any(PLACES)}${any(PLACES)}路${Math.floor(random() * 200) + 1}号。`;
  const paragraphs = Array.from({ length: 6 }, (_, at) => [
    COMMON.filter((_sentence, index) => index % 6 === at).join(''),
    Array.from({ length: Math.round(sentences / 6) }, own).join(''),
  ]);
  return { organ, year: 2015 + (n % 10), paragraphs };
}
