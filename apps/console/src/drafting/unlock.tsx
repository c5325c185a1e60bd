import { Button } from 'antd';
import { useId, useState } from 'react';
import { ActDialog } from '../desk/verbs/act-dialog.js';
import { useWords } from '../words/words.js';
import { useOpenDraft } from './open-draft.js';

const SHORTEST = 4;
const LONGEST = 500;

interface UnlockProps {
  readonly place: string;
  /** Said instead of 解锁, where more than one place is meant. */
  readonly label?: string;
}

/** A place that is locked, and the way to open it: one press and a reason. */
export function Unlock({ place, label }: UnlockProps) {
  const { say } = useWords();
  const { locks } = useOpenDraft();
  const [isAsking, setAsking] = useState(false);
  if (locks === null) return null;
  const name = locks.nameOf(place);
  return (
    <span className="unlock">
      <span className="soft">{say('lock.locked')}</span>{' '}
      <Button
        size="small"
        aria-label={label === undefined ? say('lock.openPlace', { place: name }) : undefined}
        onClick={() => setAsking(true)}
      >
        {label ?? say('lock.open')}
      </Button>
      {isAsking && <UnlockDialog place={place} name={name} onClose={() => setAsking(false)} />}
    </span>
  );
}

interface DialogProps {
  readonly place: string;
  readonly name: string;
  readonly onClose: () => void;
}

function UnlockDialog({ place, name, onClose }: DialogProps) {
  const { say } = useWords();
  const { document, locks, saving } = useOpenDraft();
  const [reason, setReason] = useState('');
  const id = useId();
  return (
    <ActDialog
      title={say('lock.openPlace', { place: name })}
      help={say('lock.openHelp')}
      button={say('lock.open')}
      told={(now) => now('lock.opened', { place: name })}
      onClose={onClose}
      onDone={() => {
        locks?.hear([...locks.state.opened, { place, name, reason: reason.trim() }]);
        // What was written here before it was locked may be saved from now on.
        if (saving.isDirty()) void saving.flush();
        return false;
      }}
      prepare={() =>
        reason.trim().length < SHORTEST
          ? (now) => now('lock.reasonNeeded')
          : { path: `/reports/${document}/corrections/places`, body: { place, reason: reason.trim() }, receipt: null }
      }
    >
      <p className="field">
        <label htmlFor={id}>{say('lock.reason')}</label>
        <textarea
          id={id}
          rows={2}
          lang="zh-CN"
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
    </ActDialog>
  );
}
