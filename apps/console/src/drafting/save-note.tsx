import { Button } from 'antd';
import { Wrong } from '../shell/wrong.js';
import { problemText, useWords } from '../words/words.js';
import { useOpenDraft, useSaveState } from './open-draft.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** The minute and second of an instant by the clock on the wall. */
function clock(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Whether what one sees is saved, always in the same place. */
export function SaveNote() {
  const { say, language } = useWords();
  const { saving, kept } = useOpenDraft();
  const state = useSaveState();
  const { revision } = saving.base;
  return (
    <div className="save-note">
      <p role="status">
        {say('reports.revision', { revision })}
        {' · '}
        {state.state === 'saved'
          ? state.at === null
            ? say('drafting.save.saved')
            : say('drafting.save.savedAt', { at: clock(state.at) })
          : say(`drafting.save.${state.state}`)}
      </p>
      {!kept.works && <p className="note warn">{say('drafting.save.keepsNothing')}</p>}
      {state.state === 'refused' && (
        <>
          <Wrong>{problemText(state.problem, language)}</Wrong>
          <Button onClick={() => void saving.flush()}>{say('state.retry')}</Button>
        </>
      )}
    </div>
  );
}
