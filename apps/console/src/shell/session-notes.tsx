import { useEffect, useState } from 'react';
import type { Me } from '../api/answers.js';
import { msToEnd, stay } from '../api/session.js';
import { resumeSending } from '../case/receipts.js';
import { useWords } from '../words/words.js';

/** Asked again within this time, the session goes on. */
const WARN_MS = 120_000;
const LOOK_MS = 10_000;

/** No network, a command still on its way, a session about to end: said at the top, wherever one is. */
export function SessionNotes({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const [isOnline, setOnline] = useState(navigator.onLine);
  const [isWaiting, setWaiting] = useState(false);
  const [left, setLeft] = useState(() => msToEnd(me, Date.now()));
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    const timer = setInterval(() => setLeft(msToEnd(me, Date.now())), LOOK_MS);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
      clearInterval(timer);
    };
  }, [me]);
  useEffect(() => {
    const stop = new AbortController();
    resumeSending(me.person, { onWaiting: setWaiting, signal: stop.signal }).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => stop.abort();
  }, [me.person]);
  const isFirm = Date.parse(me.endsAt) - Date.now() < WARN_MS;
  return (
    <div role="status">
      {!isOnline && <p className="note warn">{say('state.offline')}</p>}
      {isWaiting && <p className="note warn">{say('state.waiting')}</p>}
      {left < WARN_MS && (
        <p className="note warn">
          {say(isFirm ? 'session.endsFirmly' : 'session.endsSoon')}
          {!isFirm && (
            <button type="button" className="button" onClick={() => void stay()}>
              {say('session.stay')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
