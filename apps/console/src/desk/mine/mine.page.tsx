import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../../api/session.js';
import { OwnPasswordFields } from '../../shell/sign-in-fields.js';
import { roleWords } from '../../words/office-words.js';
import { useWords } from '../../words/words.js';
import { Page } from '../page.js';
import { Submit } from '../sign-in.page.js';
import { Tabs } from '../tabs.js';
import { Deputies } from './deputies.js';
import { MyPasskeysList } from './passkeys.js';
import { PasskeysOfOthers } from './passkeys-of-others.js';
import { QuietHours } from './quiet-hours.js';
import { MySessions } from './sessions.js';

/** 我的: offices, deputies, when to be left in peace, where one is signed in, with what one signs, one's password; each under its own #. */
export function MinePage() {
  const { say } = useWords();
  const me = useMe();
  const { hash } = useLocation();
  const navigate = useNavigate();
  return (
    <Page title={say('mine.title')}>
      <p className="facts" lang="zh-CN">
        {me.name}
        {me.grants.slice(0, 3).map(({ role, organ, organName }) => (
          <span key={`${role}@${organ}`}>
            {' · '}
            {organName} <span lang={say('people.lang')}>{roleWords(role, say)}</span>
          </span>
        ))}
        {me.grants.length > 3 && (
          <span lang={say('people.lang')}> · {say('mine.more', { count: me.grants.length - 3 })}</span>
        )}
      </p>
      <Tabs
        name={say('mine.title')}
        shown={hash.slice(1)}
        onShow={(key) => void navigate({ hash: key }, { replace: true })}
        items={[
          { key: 'deputies', label: say('deputy.title'), children: <Deputies /> },
          { key: 'quiet', label: say('quiet.title'), children: <QuietHours /> },
          { key: 'passkeys', label: say('passkey.title'), children: <MyPasskeysList /> },
          ...(me.administrator
            ? [{ key: 'others', label: say('passkey.others'), children: <PasskeysOfOthers /> }]
            : []),
          { key: 'sessions', label: say('sessions.title'), children: <MySessions /> },
          {
            key: 'password',
            label: say('mine.password'),
            children: (
              <div className="settings-form">
                <OwnPasswordFields button={(props) => <Submit {...props} />} isOneTime={false} />
              </div>
            ),
          },
        ]}
      />
    </Page>
  );
}
