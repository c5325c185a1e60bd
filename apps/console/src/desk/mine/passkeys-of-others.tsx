import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { DirectoryView } from '#contracts/http/directory.api';
import type { PasskeysOf } from '#contracts/http/passkeys.api';
import type { Passkey } from '../../api/passkeys.js';
import { read } from '../../api/send.js';
import { useMe } from '../../api/session.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords, wrongText } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { FindField } from '../verbs/find-field.js';
import { PasskeyRows } from './passkey-rows.js';

type Person = z.infer<typeof DirectoryView>['people'][number];

/** 他人的通行密钥, for administrators: somebody lost a phone, or left. */
export function PasskeysOfOthers() {
  const words = useWords();
  const { say } = words;
  const me = useMe();
  const [chosen, choose] = useState('');
  const { data, error } = useQuery({
    queryKey: ['directory'],
    queryFn: ({ signal }) => read<z.infer<typeof DirectoryView>>('/directory', signal),
  });
  const others = (data?.people ?? []).filter(({ person }) => person !== me.person);
  const owner = others.find(({ person }) => person === chosen);
  return (
    <>
      <p>{say('passkey.othersHelp')}</p>
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      <div className="settings-form">
        <FindField
          label={say('passkey.whose')}
          find={say('passkey.find')}
          choices={others.map(({ person, name, login }) => ({ key: person, words: `${name} · ${login}` }))}
          value={chosen}
          onChoose={choose}
        />
      </div>
      {owner !== undefined && <Of key={owner.person} owner={owner} />}
    </>
  );
}

function Of({ owner }: { readonly owner: Person }) {
  const words = useWords();
  const { say } = words;
  const [revoking, revoke] = useState<Passkey | null>(null);
  const { data, error } = useQuery({
    queryKey: ['passkeys', owner.person],
    queryFn: ({ signal }) => read<z.infer<typeof PasskeysOf>>(`/passkeys/of/${owner.person}`, signal),
  });
  return (
    <>
      <h2 lang="zh-CN">{owner.name}</h2>
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      {data?.items.length === 0 && <p className="empty">{say('passkey.noneOf')}</p>}
      <PasskeyRows
        items={data?.items ?? []}
        acts={(of) => (
          <Button size="small" onClick={() => revoke(of)}>
            {say('passkey.revoke')}
          </Button>
        )}
      />
      {revoking !== null && <RevokeOf owner={owner} passkey={revoking} onClose={() => revoke(null)} />}
    </>
  );
}

interface RevokeOfProps {
  readonly owner: Person;
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

const SHORTEST_REASON = 2;
const LONGEST_REASON = 500;

function RevokeOf({ owner: { person, name: who }, passkey: { passkey, name }, onClose }: RevokeOfProps) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <ActDialog
      title={say('passkey.revokeTitle')}
      help={say('passkey.revokeOfHelp', { who, name })}
      button={say('passkey.revoke')}
      told={(now) => now('passkey.revokedOf', { who, name })}
      isGrave
      onClose={onClose}
      prepare={() =>
        said.length < SHORTEST_REASON
          ? (now) => now('passkey.reasonNeeded')
          : {
              path: '/passkeys/revocations',
              body: { person, passkeyId: passkey, reason: said },
              receipt: null,
              needsProof: true,
            }
      }
    >
      <p className="field">
        <label htmlFor="revoke-reason">{say('return.reason')}</label>
        <textarea
          id="revoke-reason"
          rows={3}
          maxLength={LONGEST_REASON}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
