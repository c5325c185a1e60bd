import { Button, Segmented } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import type { Me } from '../api/answers.js';
import { signOut } from '../api/session.js';
import { StepUp } from '../case/step-up.js';
import { changeAppearance, SIZES, useAppearance } from '../shell/appearance.js';
import { SessionNotes } from '../shell/session-notes.js';
import { Told } from '../shell/told.js';
import { speak, useWords } from '../words/words.js';
import { KeysDialog } from './guide/keys.dialog.js';
import { useShortcuts } from './guide/shortcuts.js';
import { Tour } from './guide/tour.js';
import { useNoticeCounts } from './notices.page.js';
import { useInbox, useLive } from './queries.js';

const Palette = lazy(async () => ({ default: (await import('./guide/palette.js')).Palette }));

type Over = 'palette' | 'keys' | 'tour' | null;

/** What stands around every page: the way to the lists, who is signed in, how it looks. */
export function Shell({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const { pathname } = useLocation();
  useLive();
  const { singleKeys } = useAppearance();
  const [over, setOver] = useState<Over>(null);
  const onPalette = useCallback(() => setOver('palette'), []);
  const onKeys = useCallback(() => setOver('keys'), []);
  const close = useCallback(() => setOver(null), []);
  useShortcuts({ onPalette, onKeys }, singleKeys);
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
          <NoticesLink />
          <NavLink to="/mine">{say('mine.title')}</NavLink>
        </nav>
        <div className="tools">
          <Button onClick={onPalette} aria-keyshortcuts="Control+K">
            {say('palette.open')} <kbd aria-hidden="true">Ctrl K</kbd>
          </Button>
          <Help onKeys={onKeys} onTour={() => setOver('tour')} />
          <Settings me={me} />
        </div>
      </header>
      <div className="notes">
        <SessionNotes me={me} />
        <Told />
      </div>
      <main id="content" tabIndex={-1} key={pathname}>
        <Outlet />
      </main>
      {over === 'palette' && (
        <Suspense fallback={null}>
          <Palette onClose={close} />
        </Suspense>
      )}
      {over === 'keys' && <KeysDialog onClose={close} />}
      {over === 'tour' && <Tour onClose={close} />}
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

function NoticesLink() {
  const { say } = useWords();
  const unread = useNoticeCounts().data?.unread ?? 0;
  return (
    <NavLink to="/notices">
      {say('notices.title')}
      {unread > 0 && (
        <span className="count">
          {unread}
          <span className="hidden"> {say('notices.unread')}</span>
        </span>
      )}
    </NavLink>
  );
}

/** Help, at the same place on every page. */
function Help({ onKeys, onTour }: { readonly onKeys: () => void; readonly onTour: () => void }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const opens = (open: () => void) => () => {
    setOpen(false);
    open();
  };
  return (
    <div className="settings">
      <Button aria-expanded={isOpen} aria-controls="help" onClick={() => setOpen(!isOpen)}>
        {say('desk.help')}
      </Button>
      {isOpen && (
        <div id="help" className="sheet" role="group" aria-label={say('desk.help')}>
          <Button block onClick={opens(onTour)}>
            {say('tour.start')}
          </Button>
          <Button block onClick={opens(onKeys)}>
            {say('keys.title')}
          </Button>
          <p className="soft">{say('desk.whom')}</p>
        </div>
      )}
    </div>
  );
}

/** Size, contrast and language on this device, and the way out. */
function Settings({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="settings">
      <Button aria-expanded={isOpen} aria-controls="settings" onClick={() => setOpen(!isOpen)}>
        <span lang="zh-CN">{me.name}</span> · {say('look.title')}
      </Button>
      {isOpen && (
        <div id="settings" className="sheet" role="group" aria-label={say('look.title')}>
          <Looks />
          <Button block onClick={() => void signOut()}>
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
