/** A year of reports in the catalogue. `at`: when the latest of them became public. */
export interface CatalogueYear {
  readonly year: number;
  readonly reports: number;
  readonly at: string;
}

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const text = (zh: string, en: string): readonly object[] => [
  { '@language': 'zh', '@value': zh },
  { '@language': 'en', '@value': en },
];

/** A language as DCAT names it: by its address at the keeper of ISO 639. */
const CHINESE = { '@id': 'http://id.loc.gov/vocabulary/iso639-1/zh' };

/**
 * The open data of the site as a DCAT 3 catalogue in JSON-LD: one dataset of all reports, one of each year, and one of what the public was told of
 * corrections. `told`: when the public was last told of an act; `site`: the name the site is registered under, its host's where it has none.
 */
export function dataCatalogue(
  origin: string,
  years: readonly CatalogueYear[],
  told: string | null = null,
  site: string | null = null,
): string {
  const publisher = {
    '@id': `${origin}/data/#publisher`,
    '@type': 'foaf:Agent',
    'foaf:name': site ?? new URL(origin).hostname,
    'foaf:homepage': { '@id': `${origin}/xxgk/ndbg/` },
  };
  const latest = years.reduce((last, { at }) => (at > last ? at : last), '');
  const catalogue = {
    '@context': CONTEXT,
    '@id': `${origin}/data/catalog.jsonld`,
    '@type': 'dcat:Catalog',
    'dcterms:title': text('政府信息公开工作年度报告数据', 'Annual reports on open government information'),
    'dcterms:description': text(
      '经逐级签批并公开的全部年度报告：每份报告的全部数字，以及签批的原始字节。',
      'Every report that was signed off and published: all figures, and the exact bytes that were signed.',
    ),
    'dcterms:language': CHINESE,
    'dcterms:publisher': publisher,
    'foaf:homepage': { '@id': `${origin}/data/` },
    ...(latest === '' ? {} : { 'dcterms:modified': instant(latest) }),
    'dcat:dataset': [
      dataset(
        origin,
        null,
        years.reduce((sum, { reports }) => sum + reports, 0),
        latest,
      ),
      ...years.map(({ year, reports, at }) => dataset(origin, year, reports, at)),
      corrections(origin, told),
    ],
    'dcat:service': [
      {
        '@id': `${origin}/data/#search`,
        '@type': 'dcat:DataService',
        'dcterms:title': text('年度报告全文搜索', 'Full-text search in annual reports'),
        'dcat:endpointURL': { '@id': `${origin}/xxgk/ndbg/search/results.json` },
        'dcat:endpointDescription': { '@id': `${origin}/data/` },
        'dcat:servesDataset': { '@id': `${origin}/data/#reports` },
      },
    ],
  };
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}

function dataset(origin: string, year: number | null, reports: number, at: string): object {
  const name = year === null ? 'reports' : `reports-${year}`;
  const [zh, en] = year === null ? ['全部年度', 'all years'] : [`${year}年度`, `${year}`];
  return {
    '@id': `${origin}/data/#${name}`,
    '@type': 'dcat:Dataset',
    'dcterms:identifier': name,
    'dcterms:title': text(`年度报告数据：${zh}（${reports} 份）`, `Annual reports: ${en} (${reports})`),
    ...(at === '' ? {} : { 'dcterms:modified': instant(at) }),
    ...(year === null
      ? {}
      : {
          'dcterms:temporal': {
            '@type': 'dcterms:PeriodOfTime',
            'dcat:startDate': { '@type': 'xsd:date', '@value': `${year}-01-01` },
            'dcat:endDate': { '@type': 'xsd:date', '@value': `${year}-12-31` },
          },
        }),
    ...described(origin, TOPIC),
    'dcterms:conformsTo': { '@id': `${origin}/data/report.schema.json` },
    'dcat:distribution': [
      distribution(`${origin}/data/${name}.csv`, 'text/csv'),
      distribution(`${origin}/data/${name}.jsonl`, 'application/jsonl'),
    ],
  };
}

const TOPIC = ['政府信息公开', '年度报告', '依申请公开'] as const;

/** What every dataset says of itself. */
function described(origin: string, keywords: readonly string[]): object {
  return {
    'dcterms:description': text(
      '各列的含义见 dictionary.csv；没有数值的格留空，不等于 0。',
      'dictionary.csv says what each column means; cells without a figure are empty, which is not 0.',
    ),
    'dcterms:language': CHINESE,
    'dcterms:publisher': { '@id': `${origin}/data/#publisher` },
    'dcat:keyword': keywords.map((keyword) => ({ '@language': 'zh', '@value': keyword })),
    'dcat:landingPage': { '@id': `${origin}/data/` },
    'foaf:page': { '@id': `${origin}/data/dictionary.csv` },
  };
}

function corrections(origin: string, told: string | null): object {
  return {
    '@id': `${origin}/data/#corrections`,
    '@type': 'dcat:Dataset',
    'dcterms:identifier': 'corrections',
    'dcterms:title': text('年度报告的更正、撤回与应急公开', 'Corrections, withdrawals and emergency publications'),
    ...(told === null ? {} : { 'dcterms:modified': instant(told) }),
    ...described(origin, [...TOPIC, '更正']),
    'dcat:distribution': [
      distribution(`${origin}/data/corrections.csv`, 'text/csv'),
      distribution(`${origin}/data/changes.csv`, 'text/csv'),
    ],
  };
}

function distribution(url: string, type: string): object {
  return {
    '@id': url,
    '@type': 'dcat:Distribution',
    'dcterms:title': url.slice(url.lastIndexOf('/') + 1),
    'dcat:accessURL': { '@id': url },
    'dcat:downloadURL': { '@id': url },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${type}` },
  };
}

function instant(at: string): object {
  return { '@type': 'xsd:dateTime', '@value': at };
}
