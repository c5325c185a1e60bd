import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Link, useSearchParams } from 'react-router';
import { formatById } from '#report/format';
import { chapterHeading } from '#report/model';
import type { Place } from '#report/place';
import type { Report } from '../api/answers.js';
import { Page } from '../desk/page.js';
import { GridPlace } from '../grid/grid-place.js';
import { useWords } from '../words/words.js';
import { ChapterList } from './chapter-list.js';
import { Conflicts } from './conflicts.js';
import { CorrectionNote } from './correction-note.js';
import type { Finding } from './checking.js';
import { FindingsPanel } from './findings-panel.js';
import { Front } from './front.js';
import { LastYearChapter } from './last-year-chapter.js';
import { placeToGo } from './locks.js';
import { useOpenDraft, usePart } from './open-draft.js';
import { FRONT, type Target, targetOf } from './places.js';
import { PresentOthers } from './present-others.js';
import { Prose } from './prose.js';
import { ReviewersWords } from './reviewers-words.js';
import { Revisions } from './revisions.js';
import { SaveNote } from './save-note.js';
import { SubmitDialog } from './submit.dialog.js';
import { TableOfChapter } from './table-of-chapter.js';
import { WhyReturned } from './why-returned.js';

/** A report being written: its chapters, the one in hand, and beside it what the checks say. */
export function Workspace({ report }: { readonly report: Report }) {
  const { say } = useWords();
  const { draft, saving } = useOpenDraft();
  const organ = usePart((now) => now.organName);
  const title = say('name.report', { organ, year: report.year });
  const formatId = usePart((now) => now.format);
  const format = formatById(formatId);
  const [chapter, setChapter] = useState(FRONT);
  const [target, setTarget] = useState<Target | null>(null);
  const [isSubmitting, setSubmitting] = useState(false);
  const conflicts = useSyncExternalStore(saving.subscribe, () => saving.conflicts);
  const places = useMemo(
    () => new Map((format?.tables ?? []).map((table) => [table.id, new GridPlace(table)])),
    [format],
  );
  useEffect(() => {
    if (target === null) return;
    if ('cell' in target) places.get(target.table)?.go(target.cell);
    else stand(target);
    setTarget(null);
  }, [target, places]);
  useLeaveWarning();
  if (format === null) throw new RangeError(`no format ${formatId}`);

  // What is beside the chapter in hand is drawn by what it shows, not with every answer of the service.
  const go = useCallback(
    (place: Place): void => {
      const to = targetOf(format, draft.report, place);
      setChapter(to.chapter);
      setTarget(to);
    },
    [format, draft],
  );
  const [query] = useSearchParams();
  const at = query.get('at');
  useEffect(() => {
    if (at !== null) go(placeToGo(draft.report, at));
    // Where a correction begins one stands once; what is in the address after that is nobody's wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [at]);
  const goToFinding = useCallback(({ place }: Finding): void => go(place), [go]);
  const tableInHand = useMemo(
    () => <TableOfChapter format={format} chapter={chapter} places={places} />,
    [format, chapter, places],
  );
  const heading = draft.report.chapters.find(({ no }) => no === chapter);
  const submit = async (): Promise<void> => {
    await saving.flush();
    setSubmitting(true);
  };
  return (
    <Page title={title}>
      <p className="facts">
        {say(`reportState.${report.state}`)}
        {' · '}
        <Link to={`/reports/${report.document}`}>{say('drafting.preview')}</Link>
        {report.case !== null && (
          <>
            {' · '}
            <Link to={`/cases/${report.case}`}>{say('reports.toCase')}</Link>
          </>
        )}
        <PresentOthers chapter={chapter} />
      </p>
      <div className="acts">
        <SaveNote />
        <Button
          type="primary"
          size="large"
          aria-disabled={conflicts.length > 0}
          onClick={() => conflicts.length === 0 && void submit()}
        >
          {say(report.case === null ? 'drafting.submit' : 'drafting.submitAgain')}
        </Button>
      </div>
      <Conflicts />
      <CorrectionNote go={go} />
      <div className="workspace">
        <ChapterList format={format} chosen={chapter} choose={setChapter} />
        <section className="in-hand" aria-labelledby="in-hand">
          <h2 id="in-hand" lang={chapter === FRONT ? undefined : 'zh-CN'}>
            <span id={`chapter-${chapter}`} tabIndex={-1}>
              {heading === undefined ? say('drafting.front') : chapterHeading(heading)}
            </span>
          </h2>
          {chapter === FRONT ? (
            <Front key="front" />
          ) : (
            <Prose
              key={chapter}
              no={chapter}
              table={tableInHand}
              hasTable={format.chapters.some(({ no, table }) => no === chapter && table !== undefined)}
            />
          )}
          {chapter !== FRONT && <LastYearChapter no={chapter} />}
        </section>
        <aside>
          {report.state === 'returned' && report.case !== null && <WhyReturned caseId={report.case} />}
          <ReviewersWords report={report} go={go} />
          <FindingsPanel go={goToFinding} />
          <Revisions document={report.document} />
        </aside>
      </div>
      {isSubmitting && <SubmitDialog report={report} go={goToFinding} onClose={() => setSubmitting(false)} />}
    </Page>
  );
}

/** Stands on a field and marks the words meant. */
function stand({ element, ...range }: Extract<Target, { readonly element: string }>): void {
  const found =
    document.querySelector<HTMLElement>(`#${element}`) ?? document.querySelector<HTMLElement>('#in-hand span');
  found?.focus();
  found?.scrollIntoView({ block: 'center' });
  if (found instanceof HTMLTextAreaElement && range.from !== undefined && range.to !== undefined)
    found.setSelectionRange(range.from, range.to);
}

/** The browser asks before a page is closed on which something is not saved: what is kept on the device is a second chance, no plan. */
function useLeaveWarning(): void {
  const { saving } = useOpenDraft();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (saving.isDirty()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [saving]);
}
