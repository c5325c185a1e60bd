import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from 'react';
import type { Me } from '../api/answers.js';
import { isSignedOut, Refused } from '../api/send.js';
import { stepUp } from '../api/session.js';
import { Dialog } from '../shell/dialog.js';
import { formText } from '../shell/form-text.js';
import { useWords, wrongText } from '../words/words.js';
import { Wrong } from '../shell/wrong.js';

/** Asks for the password; false when the person turns away. */
type Ask = () => Promise<boolean>;
const Proof = createContext<Ask>(async () => false);

/** Seconds for which a proof must still hold to be worth sending something on it. */
const MARGIN_MS = 10_000;

/** True while the services accept that it is the person. Their clock decides: this only saves a question. */
const isProved = ({ steppedUpUntil }: Me, now: number): boolean =>
  steppedUpUntil !== null && Date.parse(steppedUpUntil) - MARGIN_MS > now;

/**
 * Does something with proof of the person: asks before it is sent, where that is known to be needed, or when it was refused for
 * want of it. Undefined when the person turned away.
 */
export function useProved(me: Me): <T>(act: () => Promise<T>, isNeeded: boolean) => Promise<T | undefined> {
  const ask = useContext(Proof);
  return async (act, isNeeded) => {
    if (isNeeded && !isProved(me, Date.now()) && !(await ask())) return undefined;
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refused && error.problem.code === 'step_up_required')) throw error;
      return (await ask()) ? act() : undefined;
    }
  };
}

/** Holds the dialog in which a person proves that it is he. */
export function StepUp({ children }: { readonly children: ReactNode }) {
  const [answer, setAnswer] = useState<((proved: boolean) => void) | undefined>();
  const ask = useCallback<Ask>(() => new Promise((resolve) => setAnswer(() => resolve)), []);
  const close = (proved: boolean): void => {
    answer?.(proved);
    setAnswer(undefined);
  };
  return (
    <Proof.Provider value={ask}>
      {children}
      {answer !== undefined && <StepUpDialog onClose={close} />}
    </Proof.Provider>
  );
}

/** The name is known here: only the password can be wrong. */
const isWrongPassword = (error: unknown): boolean =>
  error instanceof Refused && error.problem.code === 'bad_credentials';

function StepUpDialog({ onClose }: { readonly onClose: (proved: boolean) => void }) {
  const words = useWords();
  const { say } = words;
  const [isBusy, setBusy] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const password = formText(new FormData(event.currentTarget), 'password');
    setMissing(password === '');
    if (password === '') return;
    setBusy(true);
    setWrong(undefined);
    try {
      await stepUp(password);
      onClose(true);
    } catch (error) {
      if (!isSignedOut(error)) setWrong(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={say('session.proveTitle')} onClose={() => onClose(false)}>
      <p>{say('session.prove')}</p>
      <form onSubmit={(event) => void submit(event)}>
        <p className="field">
          <label htmlFor="proof">{say('session.password')}</label>
          <input id="proof" name="password" type="password" autoComplete="current-password" aria-required autoFocus />
        </p>
        {isMissing && <Wrong>{say('session.missingPassword')}</Wrong>}
        {wrong !== undefined && (
          <Wrong>{isWrongPassword(wrong) ? say('session.wrongPassword') : wrongText(wrong, words)}</Wrong>
        )}
        <div className="pair">
          <button type="submit" className="button strong" aria-disabled={isBusy}>
            {isBusy ? say('session.confirming') : say('session.confirm')}
          </button>
          <button type="button" className="button" onClick={() => onClose(false)}>
            {say('session.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
