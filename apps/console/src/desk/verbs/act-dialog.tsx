import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { hasMovedOn, useActing } from '../../case/acting.js';
import type { Act } from '../../case/receipts.js';
import { ActingNotes } from '../../case/sign-fields.js';
import { Dialog } from '../../shell/dialog.js';
import { type Sentence, tell } from '../../shell/told.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords } from '../../words/words.js';
import { queries } from '../queries.js';

interface ActDialogProps<T> {
  readonly title: string;
  /** What it does and what it does not, before the fields. */
  readonly help: string;
  readonly button: string;
  readonly isGrave?: boolean;
  readonly children?: ReactNode;
  /** What is sent, or the sentence for what is missing. */
  readonly prepare: () => Act | Sentence;
  /** Said when it has happened. */
  readonly told: Sentence;
  readonly onClose: () => void;
  /** True when the dialog has more to show and stays. */
  readonly onDone?: (outcome: T) => boolean;
}

/** One act on a case: what it means, its fields, the act, and why it did not happen. */
export function ActDialog<T = unknown>(props: ActDialogProps<T>) {
  const { title, help, button, isGrave = false, children, prepare, told, onClose, onDone } = props;
  const { say } = useWords();
  const [missing, setMissing] = useState<Sentence | null>(null);
  const { act, isBusy, isWaiting, wrong } = useActing((outcome) => {
    tell(told);
    void queries.invalidateQueries();
    if (onDone?.(outcome as T) !== true) onClose();
  });
  const send = (): void => {
    const what = prepare();
    setMissing(() => (typeof what === 'function' ? what : null));
    if (typeof what !== 'function') void act(what);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{help}</p>
      {children}
      {missing !== null && <Wrong>{missing(say)}</Wrong>}
      <ActingNotes isWaiting={isWaiting} wrong={wrong} />
      <div className="acts">
        {hasMovedOn(wrong) ? (
          <Button type="primary" onClick={onClose}>
            {say('sign.seeChange')}
          </Button>
        ) : (
          <Button type="primary" danger={isGrave} aria-disabled={isBusy} onClick={send}>
            {isBusy ? say('verb.acting') : button}
          </Button>
        )}
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}
