import type { Signable } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { useWords, wrongText } from '../words/words.js';
import { Wrong } from '../shell/wrong.js';
import type { Acting } from './acting.js';

/** Characters of a digest people compare. */
const CODE = 8;

/** One seat for one person: what a signable is chosen by. */
export const signableKey = ({ seat, onBehalfOf }: Signable): string => `${seat} ${onBehalfOf ?? ''}`;

interface SignFieldsProps {
  readonly file: CaseFile;
  readonly chosen: Signable;
  readonly onChoose: (key: string) => void;
  readonly checked: ReadonlySet<string>;
  readonly onCheck: (checked: ReadonlySet<string>) => void;
}

/** What one declares, over which content, for whom, and what one has gone through. */
export function SignFields({ file, chosen, onChoose, checked, onCheck }: SignFieldsProps) {
  const { say } = useWords();
  const { current, line } = file;
  const stage = current.stages.find(({ id }) => id === chosen.stage);
  const toggle = (id: string): void =>
    onCheck(new Set(checked.has(id) ? [...checked].filter((one) => one !== id) : [...checked, id]));
  return (
    <>
      <p>
        <strong lang="zh-CN">{line.organName}</strong> {say('reports.ofYear', { year: line.year })} ·{' '}
        {say(`kind.${line.kind}`)} · <span lang="zh-CN">{stage?.name}</span>
      </p>
      <h3>{say('sign.statement')}</h3>
      <blockquote lang="zh-CN">{stage?.meaning}</blockquote>
      <p className="code">
        {say('sign.digest', { code: current.content.slice(0, CODE) })}
        <span className="soft">{say('sign.digestHelp')}</span>
      </p>
      <AsWhom file={file} chosen={chosen} onChoose={onChoose} />
      {chosen.checklist.length > 0 && (
        <fieldset className="checklist">
          <legend>{say('sign.checklist')}</legend>
          {chosen.checklist.map(({ id, text }) => (
            <label key={id} lang="zh-CN">
              <input type="checkbox" checked={checked.has(id)} onChange={() => toggle(id)} />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

function AsWhom({ file: { current, names }, chosen, onChoose }: Pick<SignFieldsProps, 'file' | 'chosen' | 'onChoose'>) {
  const { say } = useWords();
  if (current.signable.length < 2 && chosen.onBehalfOf === null) return null;
  return (
    <fieldset className="checklist">
      <legend>{say('sign.as')}</legend>
      {current.signable.map((one) => (
        <label key={signableKey(one)}>
          <input type="radio" name="as" checked={one === chosen} onChange={() => onChoose(signableKey(one))} />
          <span>
            {one.onBehalfOf === null ? say('sign.own') : say('sign.deputyOf', { who: nameOf(names, one.onBehalfOf) })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** That one is asked at one's own device, that an act is on its way, or why it did not happen. */
export function ActingNotes({
  isAsking = false,
  isWaiting,
  wrong,
}: Pick<Acting, 'isWaiting' | 'wrong'> & Partial<Pick<Acting, 'isAsking'>>) {
  const words = useWords();
  return (
    <>
      {isAsking && (
        <p role="status" className="note">
          {words.say('passkey.asking')}
        </p>
      )}
      {isWaiting && (
        <p role="status" className="note warn">
          {words.say('state.waiting')}
        </p>
      )}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
    </>
  );
}
