import type { RuleSettings } from '../rule-settings.js';
import { commonSurnames, wordsNoName } from './name-settings.js';

const always = <T>(value: T): readonly [{ readonly from: number; readonly to: null; readonly value: T }] => [
  { from: 2000, to: null, value },
];

/** Thresholds of the rules on structure, dates, privacy and text quality. `S13.characters`: longest chapter one, without spaces. */
export const textNumbers: RuleSettings['numbers'] = {
  'S13.characters': always(1000),
};

/**
 * Word lists of the rules on structure, dates, privacy and text quality. Entries written `a→b` offer b for a; `a|b` are two words for one thing.
 */
export const textWords: RuleSettings['words'] = {
  // What chapter one must speak of. Source: 国办公开办函〔2021〕30号, 一（一）; the form before it named no topics.
  'S11.topics': [
    { from: 2000, to: 2020, value: [] },
    {
      from: 2021,
      to: null,
      value: ['主动公开', '依申请公开', '政府信息管理|信息管理', '平台建设|公开平台', '监督保障'],
    },
  ],
  'S11.problems': always(['问题', '不足', '困难', '薄弱', '有待', '不够', '不强', '欠缺', '差距', '短板']),
  // Source: 条例第五十条第二款.
  'S12.results': always(['考核', '评议', '责任追究|追责|问责']),
  'S14.residue': always(['该部分以表格形式报告', '点击数', '_GoBack', '此处填写', '请在此处', '点击此处']),
  'S15.not-own': always([
    '部署',
    '要求',
    '会议',
    '排名',
    '排位',
    '前列',
    '考核',
    '评比',
    '评估',
    '通报',
    '表彰',
    '统一',
  ]),
  'S16.fee': always(['信息处理费']),
  'D02.vague': always(['本月', '本季度']),
  'X04.surnames': always(commonSurnames),
  'X04.not-names': always(wordsNoName),
  'X04.triggers': always([
    '上访人',
    '上访户',
    '上访群众',
    '上访',
    '信访人',
    '信访',
    '申请人',
    '投诉人',
    '举报人',
    '当事人',
    '包案',
    '被处罚人',
    '户主',
    '村民',
    '居民',
  ]),
  'X05.mail-services': always([
    'qq.com',
    'foxmail.com',
    '163.com',
    '126.com',
    'yeah.net',
    'sina.com',
    'sina.cn',
    'sohu.com',
    '139.com',
    '189.cn',
    'wo.cn',
    'tom.com',
    '21cn.com',
    'aliyun.com',
    'gmail.com',
    'hotmail.com',
    'outlook.com',
    'yahoo.com',
  ]),
  'X06.markings': always(['秘密', '机密', '绝密', '内部资料', '内部文件', '不得公开', '注意保密', '不得外传']),
  'Q01.typos': always([
    '过程性性→过程性',
    '可通过可以通过→可以通过',
    '并群众',
    '加强区我→加强我区',
    '政府信息公天→政府信息公开',
    '勾嵇→勾稽',
    '行政夏议→行政复议',
    '行政诉颂→行政诉讼',
    '按排→安排',
    '布署→部署',
    '渡过难关→度过难关',
    '截止目前→截至目前',
  ]),
  // Exceptions follow a slash: the doubled characters are right before these.
  'Q01.doubled-characters': always([
    '的的/确',
    '了了/解',
    '性性/',
    '县县/委长政城级域直属乡情',
    '镇镇/党政村区域',
    '将将/',
  ]),
  'Q01.allowed': always([
    '研究研究',
    '讨论讨论',
    '了解了解',
    '一批一批',
    '一个一个',
    '一项一项',
    '一件一件',
    '一条一条',
  ]),
  'Q04.link-hosts': always(['gov.cn', '政务.cn', '政务']),
  'Q04.advertising': always([
    '加微信',
    '扫码加',
    '代开发票',
    '免费领取',
    '点击购买',
    '点击下载APP',
    '博彩',
    '棋牌',
    '澳门赌场',
    '办理假证',
    '刻章办证',
    '友情链接',
    '优惠大酬宾',
    '限时抢购',
  ]),
  // Organs and items that no longer exist since the reform of 2018, and terms of the 条例 before its revision of 2019.
  'Q05.outdated': [
    {
      from: 2019,
      to: null,
      value: [
        '收费及减免情况',
        '生产、生活、科研等特殊需要',
        '工商行政管理局→市场监督管理局',
        '质量技术监督局→市场监督管理局',
        '食品药品监督管理局→市场监督管理局',
        '国土资源局→自然资源局',
        '环境保护局→生态环境局',
        '安全生产监督管理局→应急管理局',
        '卫生和计划生育局→卫生健康局',
        '卫生和计划生育委员会→卫生健康委员会',
        '政府法制办公室→司法行政部门',
      ],
    },
    { from: 2000, to: 2018, value: [] },
    // Source: 中共中央 国务院关于优化生育政策促进人口长期均衡发展的决定（2021年6月26日）.
    { from: 2021, to: null, value: ['社会抚养费'] },
  ],
  'Q05.sensitive': always(['低端人口', '刁民', '缠访户', '残废']),
};
