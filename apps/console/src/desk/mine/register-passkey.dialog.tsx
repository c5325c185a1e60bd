import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { PasskeyOptions } from '#contracts/http/passkeys.api';
import { send } from '../../api/send.js';
import { useActing } from '../../case/acting.js';
import type { Act } from '../../case/receipts.js';
import { ActingNotes } from '../../case/sign-fields.js';
import { Dialog } from '../../shell/dialog.js';
import { formText } from '../../shell/form-text.js';
import { tell } from '../../shell/told.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords } from '../../words/words.js';
import { queries } from '../queries.js';

const LONGEST = 40;

/** Asks the gateway for a challenge and the device for a passkey. The ceremony is loaded only now. */
async function made(name: string): Promise<Act> {
  const [options, { makePasskey }] = await Promise.all([
    send<z.infer<typeof PasskeyOptions>>({ method: 'POST', path: '/passkeys/options', body: { name } }),
    import('../../api/passkey-ceremony.js'),
  ]);
  return { path: '/passkeys', body: await makePasskey(options), receipt: null };
}

/** Registers a passkey of this device under a name. What was typed stays when the device turns away. */
export function RegisterPasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { act, isBusy, isAsking, isWaiting, wrong } = useActing(() => {
    tell((now) => now('passkey.registered', { name: name.trim() }));
    void queries.invalidateQueries({ queryKey: ['passkeys'] });
    onClose();
  });
  const register = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const called = formText(new FormData(event.currentTarget), 'name').trim();
    setMissing(called === '');
    if (called !== '') void act({ prepare: () => made(called), needsProof: true });
  };
  return (
    <Dialog title={say('passkey.register')} onClose={onClose}>
      <p>{say('passkey.registerHelp')}</p>
      <form onSubmit={register}>
        <p className="field">
          <label htmlFor="passkey-name">{say('passkey.name')}</label>
          <input
            id="passkey-name"
            name="name"
            maxLength={LONGEST}
            value={name}
            onChange={(event) => setName(event.target.value)}
            aria-required
          />
        </p>
        {isMissing && <Wrong>{say('passkey.nameNeeded')}</Wrong>}
        <ActingNotes isAsking={isAsking} isWaiting={isWaiting} wrong={wrong} />
        <div className="acts">
          <Button type="primary" htmlType="submit" aria-disabled={isBusy}>
            {isBusy ? say('passkey.registering') : say('passkey.start')}
          </Button>
          <Button onClick={onClose}>{say('session.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
