/** A year of reports in the catalogue. `at`: when the latest of them became public. */
export interface CatalogueYear {
  readonly year: number;
  readonly reports: number;
  readonly at: string;
}

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const text = (zh: string, en: string): readonly object[] => [
  { '@language': 'zh', '@value': zh },
  { '@language': 'en', '@value': en },
];

/** The open data of the site as a DCAT 3 catalogue in JSON-LD: one dataset of all reports and one of each year. */
export function dataCatalogue(origin: string, years: readonly CatalogueYear[]): string {
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
    'dcterms:language': 'zh',
    ...(latest === '' ? {} : { 'dcterms:modified': instant(latest) }),
    'dcat:dataset': [
      dataset(
        origin,
        null,
        years.reduce((sum, { reports }) => sum + reports, 0),
        latest,
      ),
      ...years.map(({ year, reports, at }) => dataset(origin, year, reports, at)),
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
    'dcterms:conformsTo': { '@id': `${origin}/data/dictionary.csv` },
    'dcat:distribution': [
      distribution(`${origin}/data/${name}.csv`, 'text/csv'),
      distribution(`${origin}/data/${name}.jsonl`, 'application/jsonl'),
    ],
  };
}

function distribution(url: string, type: string): object {
  return {
    '@id': url,
    '@type': 'dcat:Distribution',
    'dcat:downloadURL': { '@id': url },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${type}` },
  };
}

function instant(at: string): object {
  return { '@type': 'xsd:dateTime', '@value': at };
}
