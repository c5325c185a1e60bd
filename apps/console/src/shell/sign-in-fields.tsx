import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { changePassword, signIn } from '../api/session.js';
import { useWords, wrongText } from '../words/words.js';
import { formText } from './form-text.js';
import { tell } from './told.js';
import { Wrong } from './wrong.js';

const SHORTEST = 12;

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password';
  readonly complete: string;
}

function Field({ name, label, type = 'password', complete }: FieldProps) {
  // What is kept below the sign-in may have a field of the same name.
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={complete}
        autoCapitalize="none"
        spellCheck={false}
        aria-required
      />
    </p>
  );
}

/** A form that is sent once at a time; what went wrong stands above its button. */
function useSending(act: (values: FormData) => Promise<void>) {
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const values = new FormData(event.currentTarget);
    setBusy(true);
    setWrong(undefined);
    try {
      await act(values);
    } catch (error) {
      setWrong(error);
    }
    setBusy(false);
  };
  return { isBusy, wrong, submit };
}

interface FormProps {
  /** The button that sends it, in the look of the page around it. */
  readonly button: (props: { readonly isBusy: boolean; readonly label: string }) => ReactNode;
}

/** Name and password. */
export function SignInFields({ button }: FormProps) {
  const words = useWords();
  const { say } = words;
  const [isMissing, setMissing] = useState(false);
  const { isBusy, wrong, submit } = useSending(async (values) => {
    const [login, password] = [formText(values, 'login').trim(), formText(values, 'password')];
    const lacks = login === '' || password === '';
    setMissing(lacks);
    if (!lacks) await signIn(login, password);
  });
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field name="login" label={say('session.login')} type="text" complete="username" />
      <Field name="password" label={say('session.password')} complete="current-password" />
      {isMissing && <Wrong>{say('session.missing')}</Wrong>}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      {button({ isBusy, label: isBusy ? say('session.entering') : say('session.enter') })}
    </form>
  );
}

/** The one-time password and one's own, twice. */
export function OwnPasswordFields({ button, isOneTime = true }: FormProps & { readonly isOneTime?: boolean }) {
  const words = useWords();
  const { say } = words;
  const [flaw, setFlaw] = useState<'session.missingOld' | 'session.differ' | 'session.tooShort' | undefined>();
  const { isBusy, wrong, submit } = useSending(async (values) => {
    const next = formText(values, 'next');
    const isSame = next === formText(values, 'again');
    const old = formText(values, 'password');
    const unfit = next.length < SHORTEST ? 'session.tooShort' : isSame ? undefined : 'session.differ';
    const found = old === '' ? 'session.missingOld' : unfit;
    setFlaw(found);
    if (found !== undefined) return;
    await changePassword(old, next);
    tell((now) => now('session.passwordSet'));
  });
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field
        name="password"
        label={say(isOneTime ? 'session.oneTime' : 'session.password')}
        complete="current-password"
      />
      <Field name="next" label={say('session.next')} complete="new-password" />
      <Field name="again" label={say('session.again')} complete="new-password" />
      {flaw !== undefined && <Wrong>{say(flaw)}</Wrong>}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      {button({ isBusy, label: say('session.set') })}
    </form>
  );
}
