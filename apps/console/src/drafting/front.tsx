import { useWords } from '../words/words.js';
import { CONTACT_FIELDS, withDetail, withPreface, withTitle } from './contact.js';
import { useLocks, useOpenDraft, usePart } from './open-draft.js';
import { Unlock } from './unlock.js';

/** Whether a part before chapter one is locked, and the way to open it. */
function useLock(place: 'title' | 'preface' | 'scope') {
  const locks = useLocks();
  const isLocked = locks !== null && !locks.isOpen(place);
  return { isLocked, unlock: isLocked ? <Unlock place={place} /> : null };
}

/** What stands before chapter one: title, period, whose figures, preface, how to reach the office. */
export function Front() {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const title = usePart((report) => report.title);
  const preface = usePart((report) => report.preface);
  const [titleLock, prefaceLock] = [useLock('title'), useLock('preface')];
  return (
    <>
      <p className="field">
        <label htmlFor="report-title">{say('case.title')}</label>
        <input
          id="report-title"
          lang="zh-CN"
          value={title}
          maxLength={200}
          readOnly={titleLock.isLocked}
          onChange={(event) => draft.write((report) => withTitle(report, event.target.value))}
        />
        {titleLock.unlock}
      </p>
      <Period />
      <Scope />
      <p className="field">
        <label htmlFor="report-preface">{say('case.preface')}</label>
        <textarea
          id="report-preface"
          lang="zh-CN"
          rows={6}
          value={preface}
          maxLength={20_000}
          readOnly={prefaceLock.isLocked}
          onChange={(event) => draft.write((report) => withPreface(report, event.target.value))}
        />
        {prefaceLock.unlock}
      </p>
      <ContactFields />
    </>
  );
}

function Period() {
  const { isLocked, unlock } = useLock('scope');
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const period = usePart((report) => report.period);
  const year = usePart((report) => report.year);
  const whole = { from: `${year}-01-01`, to: `${year}-12-31` };
  const write = (day: Partial<typeof whole>): void => {
    // A date field that is being typed into is empty meanwhile.
    if (!Object.values(day).includes(''))
      draft.write((report) => ({ ...report, period: { ...whole, ...report.period, ...day } }));
  };
  return (
    <div className="inline">
      {(['from', 'to'] as const).map((end) => (
        <p key={end} className="field">
          <label htmlFor={`period-${end}`}>{say(`drafting.${end}`)}</label>
          <input
            id={`period-${end}`}
            type="date"
            value={period?.[end] ?? ''}
            readOnly={isLocked}
            onChange={(event) => write({ [end]: event.target.value })}
          />
        </p>
      ))}
      {unlock}
    </div>
  );
}

function Scope() {
  const { isLocked, unlock } = useLock('scope');
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const scope = usePart((report) => report.scope);
  return (
    <fieldset className="choices">
      <legend>{say('drafting.scope')}</legend>
      {(['organ', 'region'] as const).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="scope"
            checked={scope === one}
            disabled={isLocked && scope !== one}
            onChange={() => draft.write((report) => ({ ...report, scope: one }))}
          />
          <span>{say(`drafting.scopes.${one}`)}</span>
        </label>
      ))}
      {unlock}
    </fieldset>
  );
}

/** As data for programs; readers find them in the preface, which they follow while nobody writes anything else. */
function ContactFields() {
  const { isLocked, unlock } = useLock('preface');
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const contact = usePart((report) => report.contact);
  return (
    <fieldset>
      <legend>{say('drafting.contact.legend')}</legend>
      <p id="contact-help" className="soft">
        {say('drafting.contact.help')}
      </p>
      <div className="inline">
        {CONTACT_FIELDS.map((field) => (
          <p key={field} className="field">
            <label htmlFor={`contact-${field}`}>{say(`drafting.contact.${field}`)}</label>
            <input
              id={`contact-${field}`}
              lang="zh-CN"
              aria-describedby="contact-help"
              value={contact?.[field] ?? ''}
              maxLength={300}
              readOnly={isLocked}
              onChange={(event) => draft.write((report) => withDetail(report, field, event.target.value))}
            />
          </p>
        ))}
      </div>
      {unlock}
    </fieldset>
  );
}
