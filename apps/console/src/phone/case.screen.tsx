import type { Inbox } from '../api/answers.js';
import { type CaseFile, readCaseFile } from '../api/case-file.js';
import { dueText } from '../words/dates.js';
import { reportName } from '../words/report-name.js';
import { useWords, wrongText } from '../words/words.js';
import { Changes, Figures, Findings, Notice } from '../case/case-parts.js';
import { FirstGlance } from '../case/first-glance.js';
import { WholeText } from './whole-text.js';
import { INBOX } from './inbox.screen.js';
import { Rail } from '../case/rail.js';
import { caseAddress } from './addresses.js';
import { Link } from './route.js';
import { Instead, Screen } from './screen.js';
import { Wrong } from '../shell/wrong.js';
import { isUncounted, Standing } from '../case/standing.js';
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
  const words = useWords();
  const { say, language } = words;
  const loaded = useCase(caseId);
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('name.tagline')} />;
  const file = loaded.data;
  const { line, current, report, text } = file;
  const stage = current.stages.find(({ id }) => id === current.stage);
  const mayAct = current.signable.length > 0;
  return (
    <Screen title={reportName(say, line)} back="/m" bar={mayAct ? <Acts file={file} /> : undefined}>
      <Turn caseId={caseId} />
      {loaded.error !== undefined && <Wrong>{wrongText(loaded.error, words)}</Wrong>}
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
      <Notice file={file} />
      <Changes file={file} />
      {text !== null && <Figures report={text} lastYear={file.lastYear} />}
      {report !== null && <Findings report={report} />}
      <Rail file={file} />
      <WholeText report={text} isBack={current.state !== 'in-review'} />
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

function Acts({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  if (file.text === null) return <p>{say('case.noText')}</p>;
  const { case: caseId } = file.line;
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
