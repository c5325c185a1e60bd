import { changeAppearance, useAppearance } from '../../shell/appearance.js';
import { Dialog } from '../../shell/dialog.js';
import { useWords } from '../../words/words.js';

const KEYS = [
  ['Ctrl K', 'keys.palette'],
  ['Ctrl /', 'keys.keys'],
  ['Ctrl Alt M', 'keys.note'],
  ['Tab', 'keys.tab'],
  ['← →', 'keys.tabs'],
  ['Enter', 'keys.enter'],
  ['Esc', 'keys.escape'],
  ['Shift ↑ ↓ ← →', 'keys.select'],
  ['Ctrl A', 'keys.selectAll'],
  ['Ctrl D, Ctrl R', 'keys.fill'],
  ['Delete', 'keys.clear'],
  ['F2', 'keys.edit'],
  ['Ctrl Z, Ctrl Y', 'keys.undo'],
] as const;
const SINGLE = [
  ['J', 'keys.next'],
  ['K', 'keys.before'],
] as const;

/** Every key there is, and the switch for those without Ctrl: off, unless somebody wants them. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const { singleKeys } = useAppearance();
  return (
    <Dialog title={say('keys.title')} onClose={onClose}>
      <dl className="keys">
        {[...KEYS, ...(singleKeys ? SINGLE : [])].map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
      <div className="checklist">
        <label>
          <input
            type="checkbox"
            checked={singleKeys}
            onChange={(event) => changeAppearance({ singleKeys: event.target.checked })}
          />
          <span>{say('keys.single')}</span>
        </label>
      </div>
      <div className="acts">
        <button type="button" className="button" onClick={onClose}>
          {say('verb.close')}
        </button>
      </div>
    </Dialog>
  );
}
