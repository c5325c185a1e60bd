import { useState } from 'react';
import type { Inbox } from '../api/answers.js';
import { type CaseFile, readCaseFile } from '../api/case-file.js';
import { dueText } from '../words/dates.js';
import { reportName } from '../words/report-name.js';
import { useWords, wrongText } from '../words/words.js';
import { Changes, Figures, Notice } from '../case/case-parts.js';
import { Findings } from '../case/findings.js';
import { FirstGlance } from '../case/first-glance.js';
import { fromLine } from '../case/way-back.js';
import { type Goal, WholeText } from './whole-text.js';
import { INBOX } from './inbox.screen.js';
import { Rail } from '../case/rail.js';
import { caseAddress } from './addresses.js';
import { Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { Wrong } from '../shell/wrong.js';
import { isUncounted, Standing } from '../case/standing.js';
import { blocking, type OpenNotes, OpenNotesSection, useOpenNotes } from './open-notes.js';
import { type Loaded, peekLoaded, useLoad } from './use-load.js';
import { useViewed } from '../case/use-viewed.js';

/** Reads a case and keeps on the server that its content was opened, once it is on the screen. */
export function useCase(caseId: string): Loaded<CaseFile> {
  const loaded = useLoad(`case ${caseId}`, (signal) => readCaseFile(caseId, signal));
  useViewed(loaded.data, loaded.reload);
  return loaded;
}

/** A case: what it is, what changed since one signed, the figures, what the checks say, who signed. */
export function CaseScreen({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const loaded = useCase(caseId);
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('name.tagline')} />;
  return <CaseView file={loaded.data} error={loaded.error} />;
}

function CaseView({ file, error }: { readonly file: CaseFile; readonly error: unknown }) {
  const words = useWords();
  const { say, language } = words;
  const notes = useOpenNotes(file);
  const [goal, setGoal] = useState<Goal | null>(null);
  const { line, current, report, text } = file;
  const stage = current.stages.find(({ id }) => id === current.stage);
  const mayAct = current.signable.length > 0;
  return (
    <Screen title={reportName(say, line)} back="/m" bar={mayAct ? <Acts file={file} notes={notes} /> : undefined}>
      <Turn caseId={line.case} />
      {error !== undefined && <Wrong>{wrongText(error, words)}</Wrong>}
      <p className="facts">
        {say(`kind.${line.kind}`)}
        {stage !== undefined && <span lang="zh-CN"> · {stage.name}</span>}
        {' · '}
        {say('case.editionRound', { edition: current.edition, round: current.round })}
        {current.clock?.dueAt != null && ` · ${say('case.due')} ${dueText(current.clock.dueAt, language)}`}
        {isUncounted(current) && <span className="warn"> · {say('case.notCounted')}</span>}
        {current.clock?.escalated === true && <strong className="bad"> · {say('case.overdue')}</strong>}
      </p>
      <FirstGlance file={file} />
      <Standing file={file} />
      {notes.data !== undefined && <OpenNotesSection file={file} open={notes.data} reload={notes.reload} />}
      <Notice file={file} />
      <Changes file={file} />
      {text !== null && <Figures report={text} lastYear={file.lastYear} />}
      {report !== null && <Findings report={report} onGo={(mark) => setGoal({ mark, from: fromLine() })} />}
      <Rail file={file} />
      <WholeText file={file} goal={goal} onBack={() => setGoal(null)} />
    </Screen>
  );
}

function Turn({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const items = (peekLoaded(INBOX) as Inbox | undefined)?.items ?? [];
  const at = items.findIndex((item) => item.case === caseId);
  return at < 0 || items.length < 2 ? null : (
    <p className="soft">{say('case.of', { at: at + 1, all: items.length })}</p>
  );
}

interface ActsProps {
  readonly file: CaseFile;
  readonly notes: Loaded<OpenNotes>;
}

/** What one can do. While notes of the stage are open it cannot be signed: that is said in place of the button, with the way to them. */
function Acts({ file, notes }: ActsProps) {
  const { say } = useWords();
  if (file.text === null) return <p>{say('case.noText')}</p>;
  const { case: caseId } = file.line;
  const open = notes.data === undefined ? 0 : blocking(notes.data, file.current.stage).length;
  if (open > 0)
    return (
      <>
        <p className="warn">
          <span aria-hidden="true">⚠ </span>
          {say('note.blocks', { count: open })}
        </p>
        <div className="pair">
          <Link to={caseAddress(caseId, 'return')} className="button">
            {say('return.open')}
          </Link>
          <button type="button" className="button strong" onClick={toNotes}>
            {say('note.look')}
          </button>
        </div>
      </>
    );
  return (
    <div className="pair">
      <Link to={caseAddress(caseId, 'return')} className="button">
        {say('return.open')}
      </Link>
      <Link to={caseAddress(caseId, 'sign')} className="button strong">
        {say('sign.open')} <span aria-hidden="true">▸</span>
      </Link>
    </div>
  );
}

function toNotes(): void {
  const heading = document.getElementById('open-notes');
  heading?.focus();
  heading?.scrollIntoView({ block: 'start' });
}
