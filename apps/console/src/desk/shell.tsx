import { Button, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import type { Me } from '../api/answers.js';
import { signOut } from '../api/session.js';
import { forgetReceipts } from '../case/receipts.js';
import { StepUp } from '../case/step-up.js';
import { changeAppearance, SIZES, useAppearance } from '../shell/appearance.js';
import { SessionNotes } from '../shell/session-notes.js';
import { Told } from '../shell/told.js';
import { speak, useWords } from '../words/words.js';
import { queries, useInbox, useLive } from './queries.js';

/** What stands around every page: the way to the lists, who is signed in, how it looks. */
export function Shell({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const { pathname } = useLocation();
  useLive();
  return (
    <StepUp>
      <a className="skip" href="#content">
        {say('desk.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          {say('name.product')}
        </Link>
        <nav aria-label={say('desk.nav')}>
          <TodoLink />
          <NavLink to="/reports">{say('reports.title')}</NavLink>
        </nav>
        <Settings me={me} />
      </header>
      <div className="notes">
        <SessionNotes me={me} />
        <Told />
      </div>
      <main id="content" tabIndex={-1} key={pathname}>
        <Outlet />
      </main>
    </StepUp>
  );
}

function TodoLink() {
  const { say } = useWords();
  const count = useInbox().data?.items.length ?? 0;
  return (
    <NavLink to="/" end>
      {say('todo.title')}
      {count > 0 && <span className="count">{count}</span>}
    </NavLink>
  );
}

/** Size, contrast and language on this device, and the way out. */
function Settings({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const leave = async (): Promise<void> => {
    await signOut();
    queries.clear();
    forgetReceipts();
  };
  return (
    <div className="settings">
      <Button aria-expanded={isOpen} aria-controls="settings" onClick={() => setOpen(!isOpen)}>
        <span lang="zh-CN">{me.name}</span> · {say('look.title')}
      </Button>
      {isOpen && (
        <div id="settings" className="sheet" role="group" aria-label={say('look.title')}>
          <Looks />
          <Button block onClick={() => void leave()}>
            {say('session.leave')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** How the console looks and speaks on this device. */
export function Looks() {
  const { say, language } = useWords();
  const { size, contrast } = useAppearance();
  return (
    <>
      <Line name={say('look.size')}>
        <Segmented
          name="size"
          value={size}
          options={SIZES.map((one) => ({ value: one, label: say(`look.${one}`) }))}
          onChange={(one) => changeAppearance({ size: one })}
        />
      </Line>
      <Line name={say('look.contrast')}>
        <Segmented
          name="contrast"
          value={contrast}
          options={[
            { value: 'normal' as const, label: say('look.contrastNormal') },
            { value: 'high' as const, label: say('look.contrastHigh') },
          ]}
          onChange={(one) => changeAppearance({ contrast: one })}
        />
      </Line>
      <Line name={say('look.language')}>
        <Segmented
          name="language"
          value={language}
          options={[
            { value: 'zh' as const, label: <span lang="zh-CN">{say('look.zh')}</span> },
            { value: 'en' as const, label: <span lang="en">{say('look.en')}</span> },
          ]}
          onChange={(one) => void speak(one)}
        />
      </Line>
    </>
  );
}

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="line" role="group" aria-label={name}>
    <span>{name}</span>
    {children}
  </div>
);
