import type { z } from 'zod';
import type { RoutePreview } from '#contracts/http/drafting.api';
import type { Names } from '../api/answers.js';
import { nameOf } from '../api/case-file.js';
import { useWords } from '../words/words.js';
import { officeWords } from '../words/office-words.js';

interface RouteStagesProps {
  readonly preview: z.infer<typeof RoutePreview>;
  readonly names: Names;
}

/** Who signs, stage by stage, by office and name. */
export function RouteStages({ preview: { stages, unfillable }, names }: RouteStagesProps) {
  const { say } = useWords();
  const short = stages.find(({ id }) => id === unfillable?.stage);
  return (
    <>
      <ol className="rail">
        {stages.map((stage) => (
          <li key={stage.id}>
            <strong lang="zh-CN">{stage.name}</strong>
            {stage.slots.map(({ role, organ, person }, index) => (
              <span key={index} className="soft">
                {person === null ? (
                  <Office office={`${role}@${organ}`} names={names} />
                ) : (
                  <span lang="zh-CN">{nameOf(names, person)}</span>
                )}
              </span>
            ))}
            {stage.need < stage.slots.length && (
              <span className="soft">{say('drafting.need', { need: stage.need, of: stage.slots.length })}</span>
            )}
          </li>
        ))}
      </ol>
      {unfillable !== null && (
        <p className="note bad">
          <span aria-hidden="true">✕ </span>
          {say('drafting.unfillable')} <span lang="zh-CN">{short?.name ?? unfillable.stage}</span>
        </p>
      )}
    </>
  );
}

function Office({ office, names }: { readonly office: string; readonly names: Names }) {
  const { say } = useWords();
  const holders = names.offices.find((one) => one.office === office)?.holders ?? [];
  return (
    <>
      <span>{officeWords(office, names, say)}</span>{' '}
      <span lang="zh-CN">{holders.map(({ name }) => name).join(say('seat.comma'))}</span>
    </>
  );
}
