import { Button } from 'antd';
import { useState } from 'react';
import type { CaseFile } from '../../api/case-file.js';
import { useMe } from '../../api/session.js';
import { type Verb, verbsOf } from '../../case/verbs.js';
import { useWords } from '../../words/words.js';
import { ConsultDialog } from './consult.dialog.js';
import { AddSignerDialog, CopyDialog, HandOverDialog, type VerbProps } from './person-dialogs.js';
import { ReasonDialog } from './reason-dialogs.js';
import { OpinionDialog, PostponeDialog, SeatDialog } from './seat-dialogs.js';

/** Everything one may do with a case beside signing and returning it: all of it in view, nothing greyed. */
export function VerbMenu({ file }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const [open, setOpen] = useState<Verb | null>(null);
  const verbs = verbsOf(file, useMe());
  if (verbs.length === 0) return null;
  return (
    <section aria-labelledby="verbs">
      <h2 id="verbs">{say('verb.title')}</h2>
      <div className="verbs">
        {verbs.map((verb) => (
          <Button key={verb} onClick={() => setOpen(verb)}>
            {say(`verb.${verb}`)}
          </Button>
        ))}
      </div>
      {open !== null && <VerbDialog verb={open} file={file} onClose={() => setOpen(null)} />}
    </section>
  );
}

function VerbDialog({ verb, ...props }: VerbProps & { readonly verb: Verb }) {
  switch (verb) {
    case 'handOver':
      return <HandOverDialog {...props} />;
    case 'addSigner':
      return <AddSignerDialog {...props} />;
    case 'copy':
      return <CopyDialog {...props} />;
    case 'consult':
      return <ConsultDialog {...props} />;
    case 'opine':
      return <OpinionDialog {...props} />;
    case 'postpone':
      return <PostponeDialog {...props} />;
    case 'takeBack':
    case 'removeSigner':
    case 'urge':
      return <SeatDialog verb={verb} {...props} />;
    default:
      return <ReasonDialog verb={verb} {...props} />;
  }
}
