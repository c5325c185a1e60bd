import { Button } from 'antd';
import { SignInFields, OwnPasswordFields } from '../shell/sign-in-fields.js';
import { useWords } from '../words/words.js';
import { Looks } from './shell.js';
import { Page } from './page.js';

/** Signing in; `hasEnded` after a session that was open on this page. */
export function SignInPage({ hasEnded }: { readonly hasEnded: boolean }) {
  const { say } = useWords();
  return (
    <main className="door">
      <Page title={say(hasEnded ? 'session.endedTitle' : 'name.product')}>
        <p className="soft">{say(hasEnded ? 'session.ended' : 'name.tagline')}</p>
        <SignInFields button={(props) => <Submit {...props} />} />
        <Looks />
      </Page>
    </main>
  );
}

/** A one-time password opens nothing but this. */
export function OwnPasswordPage() {
  const { say } = useWords();
  return (
    <main className="door">
      <Page title={say('session.mustChangeTitle')}>
        <p>{say('session.mustChange')}</p>
        <OwnPasswordFields button={(props) => <Submit {...props} />} />
      </Page>
    </main>
  );
}

/** The button that sends such a form. */
export const Submit = ({ isBusy, label }: { readonly isBusy: boolean; readonly label: string }) => (
  <Button type="primary" htmlType="submit" block aria-disabled={isBusy}>
    {label}
  </Button>
);
