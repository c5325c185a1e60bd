import { useWords } from '../words/words.js';
import { useOpenDraft, usePart } from './open-draft.js';

/** What stands before chapter one: title, period, whose figures, preface. */
export function Front() {
  const { say } = useWords();
  const { draft } = useOpenDraft();
  const title = usePart((report) => report.title);
  const preface = usePart((report) => report.preface);
  const period = usePart((report) => report.period);
  const scope = usePart((report) => report.scope);
  const year = usePart((report) => report.year);
  const { from, to } = period ?? { from: `${year}-01-01`, to: `${year}-12-31` };
  const setPeriod = (next: { from: string; to: string }): void => {
    // A date field that is being typed into is empty meanwhile.
    if (next.from !== '' && next.to !== '') draft.writePart({ period: next });
  };
  return (
    <>
      <p className="field">
        <label htmlFor="report-title">{say('case.title')}</label>
        <input
          id="report-title"
          lang="zh-CN"
          value={title}
          maxLength={200}
          onChange={(event) => draft.writePart({ title: event.target.value })}
        />
      </p>
      <div className="inline">
        <p className="field">
          <label htmlFor="period-from">{say('drafting.from')}</label>
          <input
            id="period-from"
            type="date"
            value={from}
            onChange={(event) => setPeriod({ from: event.target.value, to })}
          />
        </p>
        <p className="field">
          <label htmlFor="period-to">{say('drafting.to')}</label>
          <input
            id="period-to"
            type="date"
            value={to}
            onChange={(event) => setPeriod({ from, to: event.target.value })}
          />
        </p>
      </div>
      <fieldset className="choices">
        <legend>{say('drafting.scope')}</legend>
        {(['organ', 'region'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="scope" checked={scope === one} onChange={() => draft.writePart({ scope: one })} />
            <span>{say(`drafting.scopes.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <p className="field">
        <label htmlFor="report-preface">{say('case.preface')}</label>
        <textarea
          id="report-preface"
          lang="zh-CN"
          rows={6}
          value={preface}
          maxLength={20_000}
          onChange={(event) => draft.writePart({ preface: event.target.value })}
        />
      </p>
    </>
  );
}
