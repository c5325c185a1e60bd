import { useState } from 'react';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { giveBack, type Returning, useActing } from '../case/acting.js';
import { ReturnFields } from '../case/return-fields.js';
import { ActingNotes } from '../case/sign-fields.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { useCase } from './case.screen.js';
import { caseAddress } from './addresses.js';
import { go } from './route.js';
import { Instead, Screen } from './screen.js';
import { nextAddress, NothingToDo } from './sign.screen.js';
import { tell } from '../shell/told.js';

/** Returning: to whom, why, and where in the report. */
export function ReturnScreen({ caseId }: { readonly caseId: string }) {
  const { say } = useWords();
  const loaded = useCase(caseId);
  if (loaded.data === undefined) return <Instead loaded={loaded} title={say('return.title')} />;
  const [first] = loaded.data.current.signable;
  if (first === undefined) return <NothingToDo caseId={caseId} title={say('return.title')} />;
  return <ReturnForm file={loaded.data} first={first} />;
}

function ReturnForm({ file, first }: { readonly file: CaseFile; readonly first: Signable }) {
  const { say } = useWords();
  const { line } = file;
  const [value, setValue] = useState<Returning>({ reason: '', place: '', to: '' });
  const [isMissing, setMissing] = useState(false);
  const { act, isBusy, isWaiting, wrong } = useActing(() => {
    tell((now) => now('return.returned', { report: reportName(now, line) }));
    go(nextAddress(line.case), { replace: true });
  });
  const send = (): void => {
    const lacks = value.reason.trim() === '';
    setMissing(lacks);
    if (!lacks) void act(giveBack(file, first, value));
  };
  return (
    <Screen
      title={say('return.title')}
      back={caseAddress(line.case)}
      bar={
        <button type="button" className="button danger wide" aria-disabled={isBusy} onClick={send}>
          {isBusy ? say('return.acting') : say('return.act')}
        </button>
      }
    >
      <p>
        <strong lang="zh-CN">{line.organName}</strong> {say('reports.ofYear', { year: line.year })}
      </p>
      <ReturnFields file={file} value={value} onChange={setValue} isMissing={isMissing} />
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
    </Screen>
  );
}
