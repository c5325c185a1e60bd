import type { z } from 'zod';
import type { RoutePreview, WritingKind as Kind } from '#contracts/http/drafting.api';
import { dueText } from '../words/dates.js';
import { useWords } from '../words/words.js';

/** What a text may be submitted for. */
export type WritingKind = z.infer<typeof Kind>;

/** The kind everybody takes unless there is an emergency. */
export const regularOf = (fit: readonly WritingKind[]): WritingKind =>
  fit.find((one) => one !== 'emergency') ?? 'publish';

interface KindChoiceProps {
  readonly fit: readonly WritingKind[];
  readonly kind: WritingKind;
  readonly choose: (kind: WritingKind) => void;
}

/** By the regular route, or as an emergency: asked only where the latter may be. */
export function KindChoice({ fit, kind, choose }: KindChoiceProps) {
  const { say } = useWords();
  if (!fit.includes('emergency') || fit.length < 2) return null;
  return (
    <fieldset className="choices">
      <legend>{say('drafting.emergency.how')}</legend>
      {fit.map((one) => (
        <label key={one}>
          <input type="radio" name="kind" checked={one === kind} onChange={() => choose(one)} />
          <span>{say(`drafting.emergency.kinds.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What an emergency means, before anybody asks for it: who signs alone, what readers see until when, what is owed afterwards. */
export function EmergencyTerms({ preview }: { readonly preview: z.infer<typeof RoutePreview> | undefined }) {
  const { say, language } = useWords();
  const terms = preview?.ratification;
  const signatures = preview?.stages.reduce((sum, { need }) => sum + need, 0);
  return (
    <div className="note warn terms">
      <ul>
        {signatures !== undefined && <li>{say('drafting.emergency.signers', { count: signatures })}</li>}
        <li>{say('drafting.emergency.mark')}</li>
        {terms !== undefined && terms !== null && (
          <li>
            {say('drafting.emergency.ratify', { count: terms.workingDays })}
            {terms.dueAt === null
              ? say('drafting.emergency.noCalendar')
              : say('drafting.emergency.due', { day: dueText(terms.dueAt, language) })}
          </li>
        )}
        <li>{say('drafting.emergency.refused')}</li>
      </ul>
    </div>
  );
}
