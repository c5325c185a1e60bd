import 'antd/dist/reset.css';
import '../shell/tokens.css';
import '../shell/parts.css';
import './desk.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { Button, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import type { Me } from '../api/answers.js';
import { askSession, followSession, onSomebodyElse, useSession } from '../api/session.js';
import { forgetReceipts } from '../case/receipts.js';
import { applyAppearance, followAppearance, useAppearance } from '../shell/appearance.js';
import { Broken } from '../shell/broken.js';
import { KeptScreens } from '../shell/kept-screens.js';
import { Wrong } from '../shell/wrong.js';
import { startWords, useWords } from '../words/words.js';
import { CasePage } from './case.page.js';
import { MinePage } from './mine/mine.page.js';
import { NoticesPage } from './notices.page.js';
import { OpinionPage } from './opinion.page.js';
import { Missing, Page } from './page.js';
import { queries } from './queries.js';
import { ReportPage } from './report.page.js';
import { ReportsPage } from './reports.page.js';
import { SheetPage } from './sheet.page.js';
import { Shell } from './shell.js';
import { OwnPasswordPage, SignInPage } from './sign-in.page.js';
import { themeOf } from './theme.js';
import { TodoPage } from './todo.page.js';
import { TogetherPage } from './together.page.js';

/** The nonce of this answer, by which the styles Ant Design writes are let in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';

function Look({ children }: { readonly children: ReactNode }) {
  const { language } = useWords();
  const appearance = useAppearance();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeOf(appearance)}
      csp={{ nonce }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}

/** Drafting is loaded when somebody drafts: who only signs never waits for it. */
const WorkspacePage = lazy(() => import('../drafting/workspace.page.js'));
const NewReportPage = lazy(() => import('../drafting/new-report.page.js'));
const Later = ({ children }: { readonly children: ReactNode }) => <Suspense fallback={null}>{children}</Suspense>;

function Desk() {
  const session = useSession();
  if (session.state === 'asking') return null;
  if (session.state === 'unreachable') return <Unreachable />;
  if (session.state === 'must-change') return <OwnPasswordPage />;
  if (!('me' in session) || session.me === null) return <SignInPage hasEnded={session.state === 'ended'} />;
  return (
    <KeptScreens key={session.me.person} isEnded={session.state === 'ended'} door={<SignInPage hasEnded />}>
      <Pages me={session.me} />
    </KeptScreens>
  );
}

function Pages({ me }: { readonly me: Me }) {
  return (
    <Routes>
      <Route element={<Shell me={me} />}>
        <Route index element={<TodoPage />} />
        <Route path="reports" element={<ReportsPage />} />
        <Route
          path="reports/new"
          element={
            <Later>
              <NewReportPage />
            </Later>
          }
        />
        <Route path="reports/:document" element={<ReportPage />} />
        <Route
          path="reports/:document/edit"
          element={
            <Later>
              <WorkspacePage />
            </Later>
          }
        />
        <Route path="cases/:case" element={<CasePage />} />
        <Route path="cases/:case/sheet" element={<SheetPage />} />
        <Route path="notices" element={<NoticesPage />} />
        <Route path="together" element={<TogetherPage />} />
        <Route path="mine" element={<MinePage />} />
        <Route path="*" element={<Missing />} />
      </Route>
    </Routes>
  );
}

function Unreachable() {
  const { say } = useWords();
  return (
    <main className="door">
      <Page title={say('name.product')}>
        <Wrong>{say('state.unreachable')}</Wrong>
        <Button onClick={() => void askSession()}>{say('state.retry')}</Button>
      </Page>
    </main>
  );
}

function BrokenPage() {
  const { say } = useWords();
  return (
    <main className="door">
      <Page title={say('name.product')}>
        <Wrong>{say('state.broken')}</Wrong>
        <Button onClick={() => location.reload()}>{say('state.reload')}</Button>
      </Page>
    </main>
  );
}

applyAppearance();
followAppearance();
followSession();
onSomebodyElse(() => queries.clear());
onSomebodyElse(forgetReceipts);
await startWords();
void askSession();
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Look>
        <Broken instead={<BrokenPage />}>
          <BrowserRouter basename="/app">
            <Routes>
              <Route path="opinion" element={<OpinionPage />} />
              <Route path="*" element={<Desk />} />
            </Routes>
          </BrowserRouter>
        </Broken>
      </Look>
    </QueryClientProvider>
  </StrictMode>,
);
