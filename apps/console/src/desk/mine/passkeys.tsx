import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { type Passkey, passkeySupport, readPasskeys } from '../../api/passkeys.js';
import { Unsupported } from '../../case/signing-way.js';
import { momentText } from '../../words/dates.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords, wrongText } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { RegisterPasskeyDialog } from './register-passkey.dialog.js';

/** 通行密钥: with what one signs instead of a password; made, seen and revoked here. */
export function MyPasskeysList() {
  const words = useWords();
  const { say } = words;
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => readPasskeys(signal),
  });
  if (data === undefined)
    return error === null ? null : (
      <>
        <Wrong>{wrongText(error, words)}</Wrong>
        <Button onClick={() => void refetch()}>{say('state.retry')}</Button>
      </>
    );
  const support = passkeySupport(data);
  const standing = data.items.filter(({ revokedAt }) => revokedAt === null);
  const over = data.items.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <>
      <p>{say('passkey.help')}</p>
      <p className="soft">{say('passkey.helpLost')}</p>
      <Unsupported mine={data} support={support} />
      {support === 'ready' && (
        <Button type="primary" onClick={() => setOpen(true)}>
          {say('passkey.register')}
        </Button>
      )}
      <h2>{say('passkey.standing')}</h2>
      {standing.length === 0 ? <p className="empty">{say('passkey.none')}</p> : <PasskeyRows items={standing} />}
      {over.length > 0 && (
        <details className="closed">
          <summary>{say('passkey.over', { count: over.length })}</summary>
          <PasskeyRows items={over} />
        </details>
      )}
      {isOpen && <RegisterPasskeyDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function PasskeyRows({ items }: { readonly items: readonly Passkey[] }) {
  const { say, language } = useWords();
  const [revoking, revoke] = useState<Passkey | null>(null);
  return (
    <>
      <ul className="rows">
        {items.map((one) => (
          <li key={one.passkey} className="row">
            <strong lang="zh-CN">{one.name}</strong>
            <span>{say('passkey.since', { at: momentText(one.registeredAt, language) })}</span>
            <span>{say(one.synced ? 'passkey.synced' : 'passkey.bound')}</span>
            <span className="verbs">
              {one.revokedAt === null ? (
                <>
                  {!one.usable && say('passkey.elsewhere')}
                  <Button size="small" onClick={() => revoke(one)}>
                    {say('passkey.revoke')}
                  </Button>
                </>
              ) : (
                say('passkey.revokedAt', { at: momentText(one.revokedAt, language) })
              )}
            </span>
          </li>
        ))}
      </ul>
      {revoking !== null && (
        <ActDialog
          title={say('passkey.revokeTitle')}
          help={say('passkey.revokeHelp', { name: revoking.name })}
          button={say('passkey.revoke')}
          told={say('passkey.revoked', { name: revoking.name })}
          isGrave
          onClose={() => revoke(null)}
          prepare={() => ({
            path: `/passkeys/${revoking.passkey}/revocation`,
            body: {},
            receipt: null,
            needsProof: true,
          })}
        />
      )}
    </>
  );
}
