import '../shell/tokens.css';
import '../shell/parts.css';
import './phone.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askSession, followSession, onSomebodyElse, useSession } from '../api/session.js';
import { forgetReceipts } from '../case/receipts.js';
import { applyAppearance, followAppearance } from '../shell/appearance.js';
import { Broken } from '../shell/broken.js';
import { KeptScreens } from '../shell/kept-screens.js';
import { SessionNotes } from '../shell/session-notes.js';
import { startWords, useWords } from '../words/words.js';
import { CaseScreen } from './case.screen.js';
import { DoneScreen } from './done.screen.js';
import { InboxScreen } from './inbox.screen.js';
import { ReturnScreen } from './return.screen.js';
import { routeOf } from './addresses.js';
import { usePath } from './route.js';
import { Missing, Screen } from './screen.js';
import { Wrong } from '../shell/wrong.js';
import { OwnPasswordScreen, SignInScreen } from './sign-in.screen.js';
import { SignScreen } from './sign.screen.js';
import { StepUp } from '../case/step-up.js';
import { TogetherScreen } from './together.screen.js';
import { Told } from '../shell/told.js';
import { forgetLoaded } from './use-load.js';

function Phone() {
  const session = useSession();
  if (session.state === 'asking') return null;
  if (session.state === 'unreachable') return <Unreachable />;
  if (session.state === 'must-change') return <OwnPasswordScreen />;
  if (!('me' in session) || session.me === null) return <SignInScreen hasEnded={session.state === 'ended'} />;
  return (
    <KeptScreens key={session.me.person} isEnded={session.state === 'ended'} door={<SignInScreen hasEnded />}>
      <StepUp>
        <SessionNotes me={session.me} />
        <Told />
        <CurrentScreen />
      </StepUp>
    </KeptScreens>
  );
}

function CurrentScreen() {
  const path = usePath();
  const route = routeOf(path);
  if (route.screen === 'inbox') return <InboxScreen key={path} />;
  if (route.screen === 'done') return <DoneScreen key={path} />;
  if (route.screen === 'together') return <TogetherScreen key={path} />;
  if (!('case' in route)) return <Missing key={path} />;
  const ScreenOf = { case: CaseScreen, sign: SignScreen, return: ReturnScreen }[route.screen];
  return <ScreenOf key={path} caseId={route.case} />;
}

function Unreachable() {
  const { say } = useWords();
  return (
    <Screen title={say('name.product')}>
      <Wrong>{say('state.unreachable')}</Wrong>
      <button type="button" className="button wide" onClick={() => void askSession()}>
        {say('state.retry')}
      </button>
    </Screen>
  );
}

function BrokenScreen() {
  const { say } = useWords();
  return (
    <Screen title={say('name.product')}>
      <Wrong>{say('state.broken')}</Wrong>
      <button type="button" className="button wide" onClick={() => location.reload()}>
        {say('state.reload')}
      </button>
    </Screen>
  );
}

applyAppearance();
followAppearance();
followSession();
onSomebodyElse(forgetLoaded);
onSomebodyElse(forgetReceipts);
await startWords();
void askSession();
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Broken instead={<BrokenScreen />}>
      <Phone />
    </Broken>
  </StrictMode>,
);
