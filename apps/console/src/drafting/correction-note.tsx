import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import type { Place } from '#report/place';
import { useWords } from '../words/words.js';
import { FewNames } from './few-names.js';
import { type Locks, placeToGo } from './locks.js';
import { useOpenDraft, usePart, useSaveState } from './open-draft.js';
import { Unlock } from './unlock.js';

/** What a correction may change and why, at the head of the workspace; and what somebody tried to change and could not. */
export function CorrectionNote({ go }: { readonly go: (place: Place) => void }) {
  const { locks } = useOpenDraft();
  return locks === null ? null : <Note locks={locks} go={go} />;
}

function Note({ locks, go }: { readonly locks: Locks; readonly go: (place: Place) => void }) {
  const { say } = useWords();
  const { opened, left } = useSyncExternalStore(locks.subscribe, () => locks.state);
  const state = useSaveState();
  const isRefused = state.state === 'refused' && state.problem.code === 'place_locked';
  return (
    <section className="note correction-note" aria-labelledby="correction-note">
      <h2 id="correction-note">{say('lock.title')}</h2>
      <p>{say(opened.length === 0 ? 'lock.undecided' : 'lock.only')}</p>
      {opened.length > 0 && (
        <ul>
          {opened.map(({ place, name, reason }) => (
            <li key={place}>
              <Button type="link" lang="zh-CN" onClick={() => go(placeToGo(locks.base, place))}>
                {name}
              </Button>{' '}
              <span className="soft">{reason === null ? say('lock.began') : say('lock.because', { reason })}</span>
            </li>
          ))}
        </ul>
      )}
      <p role="status">
        {left.length > 0 && (
          <>
            {say('lock.left', { count: left.length })} <FewNames names={left} />
          </>
        )}
      </p>
      {isRefused && <Locked locks={locks} />}
    </section>
  );
}

/** What was written before it was locked: to be opened with a reason, or given up. */
function Locked({ locks }: { readonly locks: Locks }) {
  const { say } = useWords();
  const { draft, saving } = useOpenDraft();
  const report = usePart((now) => now);
  const restore = (): void => {
    draft.replace(locks.restored(draft.report));
    void saving.flush();
  };
  return (
    <>
      <ul>
        {locks.locked(report).map((place) => (
          <li key={place}>
            <span lang="zh-CN">{locks.nameOf(place)}</span> <Unlock place={place} />
          </li>
        ))}
      </ul>
      <Button onClick={restore}>{say('lock.restore')}</Button>
    </>
  );
}
