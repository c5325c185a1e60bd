import type { DirectoryChange } from '#contracts/http/directory.api';
import { refuse } from '#domain/decision';
import type { Changing, ChangeRefusal } from './changing.js';

type OrganChange = Extract<DirectoryChange, { type: 'add-organ' | 'rename-organ' }>;

/** Adds or renames an organ. Its level and parent stay: routes go by them. Refusals: organ_exists, unknown_organ. */
export function changeOrgan(draft: Changing, change: OrganChange): ChangeRefusal | null {
  const has = (code: string): boolean => draft.organs.some((organ) => organ.code === code);
  if (change.type === 'add-organ') {
    const { code, name, level, parent } = change;
    if (has(code)) return refuse('organ_exists', { organ: code });
    if (parent !== null && !has(parent)) return refuse('unknown_organ', { organ: parent });
    draft.organs = [...draft.organs, { code, name, level, parent }];
    return null;
  }
  const { organ: code, name } = change;
  if (!has(code)) return refuse('unknown_organ', { organ: code });
  draft.organs = draft.organs.map((organ) => (organ.code === code ? { ...organ, name } : organ));
  return null;
}
