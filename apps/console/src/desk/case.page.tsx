import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CaseFile } from '../api/case-file.js';
import { Changes, Figures, Findings, Notice } from '../case/case-parts.js';
import { History } from '../case/history.js';
import { Rail } from '../case/rail.js';
import { ReportText } from '../case/report-text.js';
import { Standing } from '../case/standing.js';
import { useViewed } from '../case/use-viewed.js';
import { YearOnYear } from '../case/year-on-year.js';
import { Wrong } from '../shell/wrong.js';
import { dueText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Missing, Page } from './page.js';
import { PublicationTimeline } from './publication.js';
import { useCaseFile } from './queries.js';
import { ReturnDialog } from './return.dialog.js';
import { Tabs } from './tabs.js';
import { SignDialog } from './sign.dialog.js';

/** The case of an address. */
export function CasePage() {
  const { case: caseId } = useParams();
  return caseId === undefined ? <Missing /> : <CaseOf key={caseId} caseId={caseId} />;
}

function CaseOf({ caseId }: { readonly caseId: string }) {
  const words = useWords();
  const { say } = words;
  const { data: file, error, refetch } = useCaseFile(caseId);
  const reload = useCallback(() => void refetch(), [refetch]);
  useViewed(file, reload);
  if (file === undefined) return <Instead error={error} retry={() => void refetch()} title={say('name.tagline')} />;
  const title = say('name.report', { organ: file.line.organName, year: file.line.year });
  return (
    <Page title={title} beside={<Beside file={file} />}>
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      <Facts file={file} />
      <Standing file={file} />
      <Reading file={file} />
    </Page>
  );
}

function Facts({ file: { line, current } }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const stage = current.stages.find(({ id }) => id === current.stage);
  return (
    <p className="facts">
      {say(`kind.${line.kind}`)}
      {stage !== undefined && <span lang="zh-CN"> · {stage.name}</span>}
      {' · '}
      {say('case.editionRound', { edition: current.edition, round: current.round })}
      {current.clock?.dueAt != null && ` · ${say('case.due')} ${dueText(current.clock.dueAt, language)}`}
      {current.clock?.escalated === true && <strong className="bad"> · {say('case.overdue')}</strong>}
      {' · '}
      <Link to={`/reports/${line.document}`}>{say('case.toReport')}</Link>
    </p>
  );
}

/** What one reads before one decides: what changed first, then everything. */
function Reading({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const text = file.report?.report ?? null;
  const isBack = file.current.state !== 'in-review';
  return (
    <Tabs
      name={say('desk.views')}
      items={[
        {
          key: 'changed',
          label: say('case.changed'),
          children: (
            <>
              <Notice file={file} />
              <Changes file={file} />
              {text !== null && <YearOnYear report={text} lastYear={file.lastYear} />}
            </>
          ),
        },
        {
          key: 'text',
          label: say('case.text'),
          children:
            text === null ? (
              <p className="note warn">{say(isBack ? 'case.textIsBack' : 'case.noText')}</p>
            ) : (
              <ReportText report={text} />
            ),
        },
        { key: 'history', label: say('history.title'), children: <History file={file} /> },
        {
          key: 'public',
          label: say('publication.title'),
          children: <PublicationTimeline document={file.line.document} releaseAt={file.current.releaseAt} />,
        },
      ]}
    />
  );
}

/** What to do, the figures, the checks, and who signed: always in view beside the text. */
function Beside({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const [open, setOpen] = useState<'sign' | 'return' | null>(null);
  const [first] = file.current.signable;
  const text = file.report?.report ?? null;
  return (
    <>
      {first !== undefined && text !== null && (
        <div className="acts">
          <Button type="primary" size="large" onClick={() => setOpen('sign')}>
            {say('sign.open')}
          </Button>
          <Button size="large" onClick={() => setOpen('return')}>
            {say('return.open')}
          </Button>
          {open === 'sign' && <SignDialog file={file} first={first} onClose={() => setOpen(null)} />}
          {open === 'return' && <ReturnDialog file={file} first={first} onClose={() => setOpen(null)} />}
        </div>
      )}
      {text !== null && <Figures report={text} lastYear={file.lastYear} />}
      {file.report !== null && <Findings report={file.report} />}
      <Rail file={file} />
    </>
  );
}
