import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Deputy, MyDeputies } from '#contracts/http/deputies.api';
import { read } from '../../api/send.js';
import { useMe } from '../../api/session.js';
import { momentText } from '../../words/dates.js';
import { roleWords } from '../../words/office-words.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { GrantDeputyDialog } from './grant-deputy.dialog.js';

type DeputyLine = z.infer<typeof Deputy>;

/** 代理: who acts for me and for whom I act, each for one office and a time. */
export function Deputies() {
  const { say } = useWords();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['deputies'],
    queryFn: ({ signal }) => read<z.infer<typeof MyDeputies>>('/deputies', signal),
  });
  if (data === undefined) return null;
  return (
    <>
      <p>{say('deputy.help')}</p>
      {me.grants.length > 0 && (
        <Button type="primary" onClick={() => setOpen(true)}>
          {say('deputy.grant')}
        </Button>
      )}
      <h2>{say('deputy.given')}</h2>
      <DeputyList lines={data.given} empty={say('deputy.noneGiven')} isGiven />
      <h2>{say('deputy.received')}</h2>
      <DeputyList lines={data.received} empty={say('deputy.noneReceived')} isGiven={false} />
      {isOpen && <GrantDeputyDialog onClose={() => setOpen(false)} />}
    </>
  );
}

interface DeputyListProps {
  readonly lines: readonly DeputyLine[];
  readonly empty: string;
  readonly isGiven: boolean;
}

function DeputyList({ lines, empty, isGiven }: DeputyListProps) {
  const { say, language } = useWords();
  const [ending, end] = useState<DeputyLine | null>(null);
  if (lines.length === 0) return <p className="empty">{empty}</p>;
  return (
    <>
      <ul className="rows">
        {lines.map((line) => (
          <li key={line.deputy} className="row">
            <strong lang="zh-CN">{isGiven ? line.agentName : line.principalName}</strong>
            <span>{roleWords(line.role, say)}</span>
            <span>
              {momentText(line.from, language)} — {momentText(line.until, language)}
            </span>
            <span className="verbs">
              {say(`deputy.state.${line.state}`)}
              {isGiven && (line.state === 'coming' || line.state === 'in-force') && (
                <Button size="small" onClick={() => end(line)}>
                  {say('deputy.revoke')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {ending !== null && (
        <ActDialog
          title={say('deputy.revoke')}
          help={say('deputy.revokeHelp', { who: ending.agentName })}
          button={say('deputy.revoke')}
          told={(now) => now('deputy.revoked')}
          isGrave
          onClose={() => end(null)}
          prepare={() => ({ path: `/deputies/${ending.deputy}/revocation`, body: {}, receipt: null, needsProof: true })}
        />
      )}
    </>
  );
}
