import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Colleagues } from '#contracts/http/deputies.api';
import { read } from '../../api/send.js';
import { useMe } from '../../api/session.js';
import { fromWallTime, wallTime } from '../../words/dates.js';
import { roleWords } from '../../words/office-words.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;

/** Lets a colleague act in one office for a time; both are counted when he signs. */
export function GrantDeputyDialog({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const me = useMe();
  const offices = me.grants.map(({ role, organ, organName }) => ({ key: `${role}@${organ}`, role, organ, organName }));
  const [office, setOffice] = useState(offices[0]?.key ?? '');
  const [agent, setAgent] = useState('');
  const [from, setFrom] = useState(wallTime(new Date().toISOString()));
  const [until, setUntil] = useState(wallTime(new Date(Date.now() + USUAL_DAYS * DAY_MS).toISOString()));
  const chosen = offices.find(({ key }) => key === office);
  const { data } = useQuery({
    queryKey: ['colleagues', chosen?.organ],
    queryFn: ({ signal }) => read<z.infer<typeof Colleagues>>(`/deputies/colleagues?organ=${chosen?.organ}`, signal),
    enabled: chosen !== undefined,
  });
  return (
    <ActDialog
      title={say('deputy.grant')}
      help={say('deputy.grantHelp')}
      button={say('deputy.grant')}
      told={(now) => now('deputy.granted')}
      onClose={onClose}
      prepare={() => {
        const [begins, ends] = [fromWallTime(from), fromWallTime(until)];
        if (chosen === undefined || agent === '') return (now) => now('people.needed');
        if (begins === null || ends === null || begins >= ends) return (now) => now('deputy.timeNeeded');
        const { role, organ } = chosen;
        const body = { agent, role, organ, from: begins, until: ends };
        return { path: '/deputies', body, receipt: null, needsProof: true };
      }}
    >
      <p className="field">
        <label htmlFor="deputy-office">{say('deputy.office')}</label>
        <select id="deputy-office" value={office} onChange={(event) => setOffice(event.target.value)}>
          {offices.map(({ key, role, organName }) => (
            <option key={key} value={key} lang="zh-CN">
              {organName} · {roleWords(role, say)}
            </option>
          ))}
        </select>
      </p>
      <p className="field">
        <label htmlFor="deputy-agent">{say('deputy.agent')}</label>
        <select id="deputy-agent" value={agent} onChange={(event) => setAgent(event.target.value)}>
          <option value="">{say('people.choose', { count: data?.items.length ?? 0 })}</option>
          {data?.items.map(({ person, name }) => (
            <option key={person} value={person} lang="zh-CN">
              {name}
            </option>
          ))}
        </select>
      </p>
      <div className="fields">
        <p className="field">
          <label htmlFor="deputy-from">{say('deputy.from')}</label>
          <input
            id="deputy-from"
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </p>
        <p className="field">
          <label htmlFor="deputy-until">{say('deputy.until')}</label>
          <input
            id="deputy-until"
            type="datetime-local"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </p>
      </div>
    </ActDialog>
  );
}
