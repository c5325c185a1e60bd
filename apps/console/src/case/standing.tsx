import type { LegCase } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { useMe } from '../api/session.js';
import { caseStateWords } from '../words/case-state.js';
import { momentText } from '../words/dates.js';
import { useWords } from '../words/words.js';
import { FoldedQrCode } from '../shell/qr-code.js';
import { Ended } from './ended.js';
import { Blocked } from './rail.js';

/**
 * How the case stands for the person: nothing while it is his turn. Whoever opens an old notice sees here what has become of
 * it, and that there is nothing to do.
 */
export function Standing({ file }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const { current, line } = file;
  return (
    <>
      <Blocked file={file} />
      {current.state === 'in-review' ? (
        <Turn file={file} />
      ) : (
        <p className="note">
          {caseStateWords(
            say,
            { ...line, state: current.state },
            current.releaseAt === null ? '' : momentText(current.releaseAt, language),
          )}
        </p>
      )}
      <Ended file={file} />
      {line.url !== null && (
        <>
          <p>
            {say('live.address')} <a href={line.url}>{line.url}</a>
          </p>
          <FoldedQrCode text={line.url} label={say('live.qr')} />
        </>
      )}
    </>
  );
}

function Turn({ file: { current, names } }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  const me = useMe();
  if (current.signable.length > 0) return null;
  const own = current.seats.find(({ signedBy }) => signedBy === me.person);
  if (own?.signedAt != null)
    return <p className="note">{say('live.ownSigned', { at: momentText(own.signedAt, language) })}</p>;
  const other = lastOfOwnOffice(current, me.grants);
  if (other?.signedAt != null) {
    const facts = { who: nameOf(names, other.signedBy), at: momentText(other.signedAt, language) };
    return (
      <p className="note">
        {other.signedFor === null
          ? say('live.handled', facts)
          : say('live.handledFor', { ...facts, principal: nameOf(names, other.signedFor) })}
      </p>
    );
  }
  const stage = current.stages.find(({ id }) => id === current.stage)?.name;
  if (stage === undefined) return <p className="note">{say('live.notYours')}</p>;
  return <p className="note">{say(isLetIn(current, me.person) ? 'live.letIn' : 'live.notYet', { stage })}</p>;
}

/** True for whoever was copied in or asked for an opinion: his turn to sign never comes. */
const isLetIn = ({ copies, consultations }: LegCase, person: string): boolean =>
  [...copies, ...consultations].some((one) => one.person === person);

/** The seat of an office the person holds that somebody else signed. */
function lastOfOwnOffice(
  { seats }: LegCase,
  grants: ReturnType<typeof useMe>['grants'],
): LegCase['seats'][number] | undefined {
  return seats.findLast(
    ({ state, role, organ }) =>
      state === 'signed' && grants.some((grant) => grant.role === role && grant.organ === organ),
  );
}

/** A stage with a time limit of which no end is known: the holidays of that year are not loaded yet. */
export function isUncounted({ clock, stages }: LegCase): boolean {
  const stage = stages.find(({ id }) => id === clock?.stage);
  return clock !== null && clock.dueAt === null && (stage?.dueWorkingDays ?? 0) > 0;
}
