import { Button } from 'antd';
import { useState } from 'react';
import type { CaseFile } from '../api/case-file.js';
import { Figures } from '../case/case-parts.js';
import { Findings } from '../case/findings.js';
import { Rail } from '../case/rail.js';
import { type CameFrom, fromLine } from '../case/way-back.js';
import { useWords } from '../words/words.js';
import { NoteList } from './notes/note-list.js';
import { ReturnDialog } from './return.dialog.js';
import { SignDialog } from './sign.dialog.js';
import { VerbMenu } from './verbs/verb-menu.js';

interface CaseSideProps {
  readonly file: CaseFile;
  /** Goes to a place of the text; `from`: where one wants to come back to. */
  readonly onShow: (mark: string, from: CameFrom | null) => void;
  readonly from: CameFrom | null;
  /** One is back, or wants to be no longer. */
  readonly onBack: () => void;
  readonly onMake: (() => void) | null;
}

/** What to do, the notes, who signed and who comes next, the figures and the checks: beside the text. The checks may be long and come last. */
export function CaseSide({ file, onShow, from, onBack, onMake }: CaseSideProps) {
  const { say } = useWords();
  const [open, setOpen] = useState<'sign' | 'return' | null>(null);
  const [first] = file.current.signable;
  const { text } = file;
  const act = (what: 'sign' | 'return'): void => {
    onBack();
    setOpen(what);
  };
  return (
    <>
      {first !== undefined && text !== null && (
        <div className="acts">
          <Button type="primary" size="large" onClick={() => act('sign')}>
            {say('sign.open')}
          </Button>
          <Button size="large" onClick={() => act('return')}>
            {say('return.open')}
          </Button>
          {open === 'sign' && (
            <SignDialog
              file={file}
              first={first}
              isAside={from?.kind === 'sign'}
              onGo={(mark) => onShow(mark, { kind: 'sign' })}
              onClose={() => setOpen(null)}
            />
          )}
          {open === 'return' && <ReturnDialog file={file} first={first} onClose={() => setOpen(null)} />}
        </div>
      )}
      <NoteList file={file} onShow={(mark) => onShow(mark, null)} onMake={onMake} />
      <Rail file={file} />
      <VerbMenu file={file} />
      {text !== null && <Figures report={text} lastYear={file.lastYear} />}
      {file.report !== null && <Findings report={file.report} onGo={(mark) => onShow(mark, fromLine())} />}
    </>
  );
}
