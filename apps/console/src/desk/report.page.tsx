import { Link, useParams } from 'react-router';
import type { Report } from '../api/answers.js';
import { CheckList } from '../case/check-list.js';
import { ReportText } from '../case/report-text.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Missing, Page } from './page.js';
import { PublicActs } from './public-acts/public-acts.js';
import { PublicationTimeline } from './publication.js';
import { SuggestionList } from './notes/suggestions.js';
import { Tabs } from './tabs.js';
import { useReport } from './queries.js';

/** The report of an address. */
export function ReportPage() {
  const { document } = useParams();
  return document === undefined ? <Missing /> : <ReportOf key={document} document={document} />;
}

function ReportOf({ document }: { readonly document: string }) {
  const words = useWords();
  const { say } = words;
  const { data, error, refetch } = useReport(document);
  if (data === undefined) return <Instead error={error} retry={() => void refetch()} title={say('name.tagline')} />;
  return (
    <Page title={data.report?.title ?? `${data.year}`} lang="zh-CN">
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      <p className="facts">
        {say(`reportState.${data.state}`)} · {say('reports.revision', { revision: data.revision })}
        {data.case !== null && (
          <>
            {' · '}
            <Link to={`/cases/${data.case}`}>{say('reports.toCase')}</Link>
          </>
        )}
      </p>
      <PublicActs report={data} />
      <Body data={data} />
    </Page>
  );
}

function Body({ data }: { readonly data: Report }) {
  const { say } = useWords();
  return (
    <Tabs
      name={say('desk.views')}
      items={[
        {
          key: 'text',
          label: say('case.text'),
          children:
            data.report === null ? (
              <p className="empty">{say('reports.nothing')}</p>
            ) : (
              <ReportText report={data.report} />
            ),
        },
        { key: 'checks', label: say('case.checks'), children: <CheckList report={data} /> },
        { key: 'suggestions', label: say('suggestion.title'), children: <SuggestionList report={data} /> },
        {
          key: 'public',
          label: say('publication.title'),
          children: <PublicationTimeline document={data.document} releaseAt={null} />,
        },
      ]}
    />
  );
}
