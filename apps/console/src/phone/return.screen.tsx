import { useState } from 'react';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import type { Note } from '../api/notes.js';
import { giveBack, type Returning, useActing } from '../case/acting.js';
import { ReturnFields } from '../case/return-fields.js';
import { ActingNotes } from '../case/sign-fields.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';
import { useCase } from './case.screen.js';
import { caseAddress } from './addresses.js';
import { useOpenNotes } from './open-notes.js';
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
  return <WithNotes file={loaded.data} first={first} />;
}

interface FormProps {
  readonly file: CaseFile;
  readonly first: Signable;
}

/** The notes go to the drafter with the case, and may be all there is to say. */
function WithNotes({ file, first }: FormProps) {
  const { say } = useWords();
  const open = useOpenNotes(file);
  if (open.data === undefined) return <Instead loaded={open} title={say('return.title')} />;
  return <ReturnForm file={file} first={first} notes={open.data.notes} />;
}

function ReturnForm({ file, first, notes }: FormProps & { readonly notes: readonly Note[] }) {
  const { say } = useWords();
  const { line } = file;
  const [value, setValue] = useState<Returning>({
    reason: notes.length === 0 ? '' : say('return.seeNotes', { count: notes.length }),
    place: '',
    to: '',
  });
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
      {notes.length > 0 && (
        <>
          <h2>{say('return.withNotes')}</h2>
          <ul className="changes" lang="zh-CN">
            {notes.map(({ note, text }) => (
              <li key={note}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <ReturnFields file={file} value={value} onChange={setValue} isMissing={isMissing} />
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
    </Screen>
  );
}
