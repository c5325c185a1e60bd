import type { PublishedState } from './check-context.js';
import { judged, notAssessable } from './figures.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

const REPORT = { part: 'report' } as const;

/** A test of what the public address shows; not assessable while nothing was read there. */
function published(test: (state: PublishedState, subject: Subject) => Outcome): Rule['check'] {
  return (subject) => {
    const { publication } = subject.context;
    return publication === undefined
      ? [notAssessable(REPORT, '尚未公开或未回读公开地址', 'not public yet, or the public address was not read')]
      : [test(publication, subject)];
  };
}

const inTime = published(({ url, onStatutoryColumn }, { context }) => {
  const { deadline, published: day } = context.days ?? {};
  const late = deadline !== undefined && day !== undefined && day > deadline;
  const known = deadline !== undefined && day !== undefined;
  if (!known && onStatutoryColumn)
    return notAssessable(REPORT, '发布日期或时限不详', 'the day of publication or the deadline is not known');
  const formula = `${day ?? '□'} ≤ ${deadline ?? '□'}`;
  return judged(
    !late && onStatutoryColumn,
    REPORT,
    { expected: `法定年报栏目，${deadline ?? ''}之前`, found: `${url}，${day ?? ''}`, formula },
    {
      pass: { zh: `已于 ${day ?? ''} 在年报栏目公开`, en: `public on the annual reports' column since ${day ?? ''}` },
      fail: {
        zh: late ? `${day ?? ''} 公开，晚于时限 ${deadline ?? ''}` : `${url} 不在政府信息公开年报栏目`,
        en: late ? `public since ${day ?? ''}, after ${deadline ?? ''}` : `${url} is not on the annual reports' column`,
      },
    },
  );
});

const asSigned = published(({ servedSha256: served, signedSha256: signed, correctionAnnounced }) =>
  judged(
    served === signed || correctionAnnounced,
    REPORT,
    { expected: signed, found: served, formula: `${served.slice(0, 12)} = ${signed.slice(0, 12)}` },
    {
      pass: { zh: '公开内容与签发内容逐字节一致', en: 'what is public equals what was signed, byte for byte' },
      fail: {
        zh: '公开内容与签发内容不一致，又没有更正说明；请恢复原件，或按更正办理',
        en: 'what is public is not what was signed and no correction says so; restore it, or file a correction',
      },
    },
  ),
);

const oneText = published(({ otherPlaces, servedSha256, openFormat }) => {
  const other = otherPlaces.filter(({ sha256 }) => sha256 !== servedSha256);
  const found = [...other.map(({ url }) => url), ...(openFormat ? [] : ['没有开放格式下载'])].join('，');
  return judged(
    other.length === 0 && openFormat,
    REPORT,
    { expected: '各处一致，可下载开放格式', found, formula: `不一致 ${other.length} 处` },
    {
      pass: { zh: '各平台内容一致，可下载开放格式', en: 'one text everywhere, with an open format' },
      fail: { zh: `请改正：${found}`, en: `mend: ${found}` },
    },
  );
});

const listed = published(({ listed: shown }) =>
  judged(
    shown,
    REPORT,
    { expected: '已列入集中展示', found: shown ? '已列入' : '未列入', formula: '' },
    {
      pass: { zh: '已列入本级集中展示', en: 'listed in the central display' },
      fail: { zh: '本级集中展示中没有这份报告，请补列', en: 'the central display does not list this report; add it' },
    },
  ),
);

const own = { formats: ALL_FORMATS, version: 1, scope: 'national', overridable: false } as const;

/** Rules on what the public sees. Rules of the catalogue: U. */
export const publicationRules: readonly Rule[] = [
  { ...own, id: 'U01', severity: 'E', source: '条例第四十九条；粤办函〔2010〕249号', check: inTime },
  { ...own, id: 'U02', severity: 'E', source: '国办公开办函〔2021〕30号（四）', check: asSigned },
  {
    ...own,
    id: 'U03',
    severity: 'W',
    source: '中国社会科学院《政府信息公开工作年度报告发布情况评估报告》',
    check: oneText,
  },
  {
    ...own,
    id: 'U04',
    severity: 'W',
    source: '中国社会科学院《政府信息公开工作年度报告发布情况评估报告》',
    check: listed,
  },
];
