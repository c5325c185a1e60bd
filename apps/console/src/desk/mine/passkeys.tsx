import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { type Passkey, passkeySupport, readPasskeys } from '../../api/passkeys.js';
import { Unsupported } from '../../case/signing-way.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords, wrongText } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { PasskeyRows } from './passkey-rows.js';
import { RegisterPasskeyDialog } from './register-passkey.dialog.js';
import { RenamePasskeyDialog } from './rename-passkey.dialog.js';

type Open = 'register' | { readonly act: 'rename' | 'revoke'; readonly of: Passkey } | null;

/** 通行密钥: with what one signs instead of a password; made, named, seen and revoked here. */
export function MyPasskeysList() {
  const words = useWords();
  const { say } = words;
  const [open, setOpen] = useState<Open>(null);
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
  const close = (): void => setOpen(null);
  return (
    <>
      <p>{say('passkey.help')}</p>
      <p className="soft">{say('passkey.helpLost')}</p>
      <Unsupported mine={data} support={support} />
      {support === 'ready' && (
        <Button type="primary" onClick={() => setOpen('register')}>
          {say('passkey.register')}
        </Button>
      )}
      <h2>{say('passkey.standing')}</h2>
      {data.items.every(({ revokedAt }) => revokedAt !== null) && <p className="empty">{say('passkey.none')}</p>}
      <PasskeyRows
        items={data.items}
        acts={(of) => (
          <>
            {!of.usable && say('passkey.elsewhere')}
            <Button size="small" onClick={() => setOpen({ act: 'rename', of })}>
              {say('passkey.rename')}
            </Button>
            <Button size="small" onClick={() => setOpen({ act: 'revoke', of })}>
              {say('passkey.revoke')}
            </Button>
          </>
        )}
      />
      {open === 'register' && <RegisterPasskeyDialog onClose={close} />}
      {open !== null && open !== 'register' && open.act === 'rename' && (
        <RenamePasskeyDialog passkey={open.of} onClose={close} />
      )}
      {open !== null && open !== 'register' && open.act === 'revoke' && (
        <RevokeDialog passkey={open.of} onClose={close} />
      )}
    </>
  );
}

function RevokeDialog({
  passkey: { passkey, name },
  onClose,
}: {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}) {
  const { say } = useWords();
  return (
    <ActDialog
      title={say('passkey.revokeTitle')}
      help={say('passkey.revokeHelp', { name })}
      button={say('passkey.revoke')}
      told={(now) => now('passkey.revoked', { name })}
      isGrave
      onClose={onClose}
      prepare={() => ({ path: `/passkeys/${passkey}/revocation`, body: {}, receipt: null, needsProof: true })}
    />
  );
}
