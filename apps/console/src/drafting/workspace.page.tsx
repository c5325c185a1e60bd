import './drafting.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Report } from '../api/answers.js';
import { read } from '../api/send.js';
import { useMe } from '../api/session.js';
import { Instead, Missing, Page } from '../desk/page.js';
import { useReport } from '../desk/queries.js';
import { useWords } from '../words/words.js';
import { type Beside, type OpenDraft, openDraft, OpenDraftProvider } from './open-draft.js';
import { adoptSentences } from './sentences.js';
import { Start } from './start.js';
import { Workspace } from './workspace.js';

/** The report of an address, to be written. */
export default function WorkspacePage() {
  const { document } = useParams();
  return document === undefined ? <Missing /> : <WorkspaceOf key={document} document={document} />;
}

function WorkspaceOf({ document }: { readonly document: string }) {
  const { say } = useWords();
  const report = useReport(document);
  const beside = useQuery({
    queryKey: ['context', document],
    queryFn: ({ signal }) => read<Beside>(`/reports/${document}/context`, signal),
  });
  const error = report.error ?? beside.error;
  if (report.data === undefined || beside.data === undefined)
    return (
      <Instead
        error={error}
        retry={() => void Promise.all([report.refetch(), beside.refetch()])}
        title={say('name.tagline')}
      />
    );
  const { state, revision } = report.data;
  if (state !== 'draft' && state !== 'returned') return <Closed report={report.data} />;
  if (revision === 0) return <Start report={report.data} beside={beside.data} />;
  return <Opened report={report.data} beside={beside.data} isBesideNew={!beside.isFetching} />;
}

interface OpenedProps {
  readonly report: Report;
  readonly beside: Beside;
  /** False while it is being read anew: last year's file may just have been kept. */
  readonly isBesideNew: boolean;
}

/** Opens the draft once; what others save later is merged into it instead of opening it again. */
function Opened({ report, beside, isBesideNew }: OpenedProps) {
  const { say } = useWords();
  const [isReady, setReady] = useState(isBesideNew);
  if (isBesideNew && !isReady) setReady(true);
  const { person } = useMe();
  const [open, setOpen] = useState<OpenDraft | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const { document } = report;
  useEffect(() => {
    let opened: OpenDraft | undefined;
    let isGone = false;
    const { revision, digest, checks, explained, correction, report: text } = report;
    if (text === null || !isReady) return undefined;
    adoptSentences(document, explained);
    const opening = async (): Promise<void> => {
      const base = { revision, digest, report: text };
      const found = await openDraft({ document, person, base, checks, beside, correction });
      opened = found;
      if (isGone) found.close();
      else setOpen(found);
    };
    opening().catch(setError);
    return () => {
      isGone = true;
      opened?.close();
    };
    // Opened once for each report: later answers are heard below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [document, person, turn, isReady]);
  useEffect(() => {
    const { revision, digest, checks, report: text } = report;
    if (text === null) return;
    open?.saving.hear({ revision, digest, report: text });
    open?.checking.hear(checks, text);
    open?.locks?.hear(report.correction?.opened ?? null);
  }, [open, report]);
  if (open === null)
    return (
      <Instead
        error={error}
        retry={() => {
          setError(null);
          setTurn(turn + 1);
        }}
        title={say('name.tagline')}
      />
    );
  return (
    <OpenDraftProvider value={open}>
      <Workspace report={report} />
    </OpenDraftProvider>
  );
}

/** A report nobody may write now: under sign-off, or public. */
function Closed({ report }: { readonly report: Report }) {
  const { say } = useWords();
  return (
    <Page title={say('name.report', { organ: report.report?.organName ?? report.organ, year: report.year })}>
      <p className="note">
        {say(`reportState.${report.state}`)} · {say('drafting.closed')}
      </p>
      <p>
        <Link
          to={
            report.state === 'submitted' && report.case !== null
              ? `/cases/${report.case}`
              : `/reports/${report.document}`
          }
        >
          {say('drafting.look')}
        </Link>
      </p>
    </Page>
  );
}
