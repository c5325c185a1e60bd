import type { AnnualReport } from '#report/model';
import type { CaseFile } from '../api/case-file.js';
import { type ChangedPlace, changedPlaces } from '../report/changed-places.js';
import { keyFigures } from '../report/key-figures.js';
import { cellWords } from '../report/place-words.js';
import { useWords } from '../words/words.js';
import { changesTold, WhyChanged } from './why-changed.js';

/** What changed since the person signed this report last. */
export function Changes({ file: { current, difference, text } }: { readonly file: CaseFile }) {
  const { say } = useWords();
  if (difference === null || text === null) return null;
  const places =
    difference.comparison &&
    changedPlaces(text, difference.comparison, { title: say('case.title'), preface: say('case.preface') });
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">{say('case.changed')}</h2>
      {places === null && <p>{say(current.signable.length > 0 ? 'case.neverSigned' : 'case.nothingBefore')}</p>}
      {places?.length === 0 && <p>{say(difference.signed ? 'case.sameAsSigned' : 'case.sameAsSeen')}</p>}
      {places !== null && places.length > 0 && (
        <>
          <p>{say(difference.signed ? 'case.changedCount' : 'case.changedSeen', { count: places.length })}</p>
          <ol className="changes" lang="zh-CN">
            {places.map((place, index) => (
              <li key={index}>
                <Changed place={place} report={text} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Changed({ place, report }: { readonly place: ChangedPlace; readonly report: AnnualReport }) {
  const { say, language } = useWords();
  if (place.kind === 'figure') {
    return (
      <>
        <span className="where">{cellWords(report, place.cell)}</span>
        <span lang={language === 'zh' ? 'zh-CN' : 'en'}>
          {say('case.before')} <del>{place.before ?? '—'}</del> {say('case.after')} <ins>{place.after ?? '—'}</ins>
        </span>
      </>
    );
  }
  return (
    <>
      <span className="where">{place.where}</span>
      {place.moved ? (
        <span lang={language === 'zh' ? 'zh-CN' : 'en'}>{say('case.moved')}</span>
      ) : (
        <span>
          {place.segments.map(({ kind, text }, index) =>
            kind === 'same' ? (
              <span key={index}>{shortened(text)}</span>
            ) : kind === 'added' ? (
              <ins key={index}>
                <Hidden text={say('case.added')} />
                {text}
              </ins>
            ) : (
              <del key={index}>
                <Hidden text={say('case.removed')} />
                {text}
              </del>
            ),
          )}
        </span>
      )}
    </>
  );
}

/** Said to whoever does not see the colour and the line. */
const Hidden = ({ text }: { readonly text: string }) => <span className="hidden">{text} </span>;

/** As much of what stayed as tells where one is. */
const SHOWN = 24;
const shortened = (text: string): string =>
  text.length <= SHOWN * 2 ? text : `${text.slice(0, SHOWN)}……${text.slice(-SHOWN)}`;

/** The figures asked for first, beside last year's. */
export function Figures({
  report,
  lastYear,
}: {
  readonly report: AnnualReport;
  readonly lastYear: AnnualReport | null;
}) {
  const { say } = useWords();
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{say('case.figures')}</h2>
      <dl className="figures">
        {keyFigures(report, lastYear).map(({ name, value, lastYear: before }) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>
              <strong>{value ?? '—'}</strong>
              {lastYear !== null && <span className="soft">{say('case.lastYear', { value: before ?? '—' })}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {lastYear === null && <p className="soft">{say('case.noLastYear')}</p>}
    </section>
  );
}

/** What the public would be told of a correction, a withdrawal or an emergency: it is signed with the rest. */
export function Notice({ file: { line, report } }: { readonly file: CaseFile }) {
  const { say } = useWords();
  const told = report?.notices.find((one) => one.case === line.case)?.notice;
  if (told === undefined) return null;
  const correction = report?.correction?.edition === told.edition ? report.correction : null;
  const changes = told.changes && changesTold(told.changes);
  return (
    <section aria-labelledby="notice">
      <h2 id="notice">{say('case.notice')}</h2>
      <p lang="zh-CN">{told.reason}</p>
      {changes !== null && changes.length > 0 && (
        <>
          <p className="soft">{say('case.noticeChanges')}</p>
          <ol className="changes" lang="zh-CN">
            {changes.map(({ at, name, before, after }, index) => (
              <li key={index}>
                <span className="where">{name}</span>
                {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}{' '}
                <WhyChanged correction={correction} change={at} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
