import { useCallback, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CaseFile } from '../api/case-file.js';
import { candidatesFor } from '../case/candidates.js';
import { Changes, Notice } from '../case/case-parts.js';
import { FirstGlance } from '../case/first-glance.js';
import { History } from '../case/history.js';
import { goToPlace } from '../case/go-to-place.js';
import type { SelectedPlace } from '../case/selected-place.js';
import { isUncounted, Standing } from '../case/standing.js';
import type { CameFrom } from '../case/way-back.js';
import { useViewed } from '../case/use-viewed.js';
import { YearOnYear } from '../case/year-on-year.js';
import { Wrong } from '../shell/wrong.js';
import { dueText } from '../words/dates.js';
import { reportName } from '../words/report-name.js';
import { useWords, wrongText } from '../words/words.js';
import { CaseSide } from './case-side.js';
import { MakeNoteDialog } from './notes/make-note.dialog.js';
import { NotedText } from './notes/noted-text.js';
import { Instead, Missing, Page } from './page.js';
import { PublicationTimeline } from './publication.js';
import { useCaseFile } from './queries.js';
import { Tabs } from './tabs.js';

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
  return <CaseView file={file} wrong={error === null ? null : wrongText(error, words)} />;
}

/** Null: no note is being made. `place` null: its place is chosen in the dialog. */
type Making = { readonly place: SelectedPlace | null } | null;

function CaseView({ file, wrong }: { readonly file: CaseFile; readonly wrong: string | null }) {
  const { say } = useWords();
  const [tab, setTab] = useState(() => (isNew(file) ? 'text' : 'changed'));
  const [making, setMaking] = useState<Making>(null);
  const [goal, setGoal] = useState<string | null>(null);
  const [from, setFrom] = useState<CameFrom | null>(null);
  const onBack = useCallback(() => setFrom(null), []);
  const { text } = file;
  const mayNote = text !== null && file.current.state === 'in-review' && file.current.signable.length > 0;
  const onMake = useCallback((place: SelectedPlace) => setMaking({ place }), []);
  useNoteKey(mayNote, () => setMaking({ place: null }));
  useEffect(() => {
    if (goal === null || tab !== 'text') return;
    goToPlace(goal);
    setGoal(null);
  }, [goal, tab]);
  const show = (mark: string, leaving: CameFrom | null): void => {
    setTab('text');
    setGoal(mark);
    setFrom(leaving);
  };
  const title = reportName(say, file.line);
  const onNote = mayNote ? () => setMaking({ place: null }) : null;
  return (
    <Page title={title} beside={<CaseSide file={file} onShow={show} from={from} onBack={onBack} onMake={onNote} />}>
      {wrong !== null && <Wrong>{wrong}</Wrong>}
      <Facts file={file} />
      <FirstGlance file={file} />
      <Standing file={file} />
      <Reading file={file} tab={tab} onTab={setTab} onMake={mayNote ? onMake : null} from={from} onBack={onBack} />
      {making !== null && text !== null && (
        <MakeNoteDialog file={file} report={text} selected={making.place} onClose={() => setMaking(null)} />
      )}
    </Page>
  );
}

/** True when there is nothing to compare the text with and nothing the public would be told: one begins with the whole of it. */
function isNew({ line, difference, text, report }: CaseFile): boolean {
  const isNoticed = report?.notices.some((notice) => notice.case === line.case) === true;
  return text !== null && !isNoticed && difference?.comparison == null;
}

/** Ctrl+Alt+M opens a note. */
function useNoteKey(mayNote: boolean, open: () => void): void {
  useEffect(() => {
    if (!mayNote) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || !event.altKey || event.code !== 'KeyM') return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

function Facts({ file: { line, current, report } }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const stage = current.stages.find(({ id }) => id === current.stage);
  return (
    <p className="facts">
      {say(`kind.${line.kind}`)}
      {stage !== undefined && <span lang="zh-CN"> · {stage.name}</span>}
      {' · '}
      {say('case.editionRound', { edition: current.edition, round: current.round })}
      {current.clock?.dueAt != null && ` · ${say('case.due')} ${dueText(current.clock.dueAt, language)}`}
      {isUncounted(current) && <span className="warn"> · {say('case.notCounted')}</span>}
      {current.clock?.escalated === true && <strong className="bad"> · {say('case.overdue')}</strong>}
      {report !== null && (
        <>
          {' · '}
          <Link to={`/reports/${line.document}`}>{say('case.toReport')}</Link>
        </>
      )}
      {' · '}
      <Link to={`/cases/${line.case}/sheet`}>{say('sheet.title')}</Link>
    </p>
  );
}

interface ReadingProps {
  readonly file: CaseFile;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onMake: ((place: SelectedPlace) => void) | null;
  readonly from: CameFrom | null;
  readonly onBack: () => void;
}

/** What one reads before one decides: what changed first, then everything. */
function Reading({ file, tab, onTab, onMake, from, onBack }: ReadingProps) {
  const { say } = useWords();
  const { text } = file;
  const toReview = candidatesFor(file)?.count ?? 0;
  const isBack = file.current.state !== 'in-review';
  const missing = <p className="note warn">{say(isBack ? 'case.textIsBack' : 'case.noText')}</p>;
  return (
    <Tabs
      name={say('desk.views')}
      shown={tab}
      onShow={onTab}
      items={[
        {
          key: 'changed',
          label: say('case.changed'),
          children: (
            <>
              <Notice file={file} />
              <Changes file={file} />
              {text === null ? missing : <YearOnYear report={text} lastYear={file.lastYear} />}
            </>
          ),
        },
        {
          key: 'text',
          label: toReview === 0 ? say('case.text') : say('secrecy.tab', { count: toReview }),
          children: text === null ? missing : <NotedText {...{ file, report: text, onMake, from, onBack }} />,
        },
        { key: 'history', label: say('history.title'), children: <History file={file} /> },
        // Publication knows the organ's own people alone; what became of the case stands above for everybody.
        ...(file.report === null
          ? []
          : [
              {
                key: 'public',
                label: say('publication.title'),
                children: <PublicationTimeline document={file.line.document} releaseAt={file.current.releaseAt} />,
              },
            ]),
      ]}
    />
  );
}
