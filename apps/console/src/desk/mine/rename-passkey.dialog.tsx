import { useState } from 'react';
import type { Passkey } from '../../api/passkeys.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';

export const LONGEST_NAME = 40;

/** Calls one's own passkey something else: a name tells one's devices apart and proves nothing. */
export function RenamePasskeyDialog({
  passkey: { passkey, name: before },
  onClose,
}: {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}) {
  const { say } = useWords();
  const [name, setName] = useState(before);
  const called = name.trim();
  return (
    <ActDialog
      title={say('passkey.renameTitle')}
      help={say('passkey.renameHelp')}
      button={say('passkey.rename')}
      told={(now) => now('passkey.renamed', { name: called })}
      onClose={onClose}
      prepare={() =>
        called === ''
          ? (now) => now('passkey.nameNeeded')
          : { path: `/passkeys/${passkey}/name`, body: { name: called }, receipt: null, needsProof: true }
      }
    >
      <p className="field">
        <label htmlFor="passkey-new-name">{say('passkey.newName')}</label>
        <input
          id="passkey-new-name"
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
