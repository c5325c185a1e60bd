import { OwnPasswordFields, SignInFields } from '../shell/sign-in-fields.js';
import { useWords } from '../words/words.js';
import { Looks } from './looks.js';
import { Screen } from './screen.js';

/** Signing in; `hasEnded` after a session that was open on this page. */
export function SignInScreen({ hasEnded }: { readonly hasEnded: boolean }) {
  const { say } = useWords();
  return (
    <Screen title={say(hasEnded ? 'session.endedTitle' : 'name.product')}>
      <p className="soft">{say(hasEnded ? 'session.ended' : 'name.tagline')}</p>
      <SignInFields button={(props) => <Submit {...props} />} />
      <Looks />
    </Screen>
  );
}

/** A one-time password opens nothing but this. */
export function OwnPasswordScreen() {
  const { say } = useWords();
  return (
    <Screen title={say('session.mustChangeTitle')}>
      <p>{say('session.mustChange')}</p>
      <OwnPasswordFields button={(props) => <Submit {...props} />} />
    </Screen>
  );
}

const Submit = ({ isBusy, label }: { readonly isBusy: boolean; readonly label: string }) => (
  <button type="submit" className="button strong wide" aria-disabled={isBusy}>
    {label}
  </button>
);
