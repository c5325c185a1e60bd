import type { DirectoryChange } from '#contracts/http/directory.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { DirectoryDocument } from '#evidence/statements';
import { changeOrgan } from './change-organ.js';
import { changeOffice } from './change-office.js';
import { changeRoute } from './change-route.js';
import type { ChangeRefusal, Changing } from './changing.js';
import type { DirectoryDraft, KnownPerson } from './directory-draft.js';

/** Time within which the second administrator is expected to look at what ends something. */
const USUAL_NOTICE_SECONDS = 3600;

/** What changes are applied to. `people` by login. */
export interface ChangeGround {
  readonly document: DirectoryDocument;
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly at: Instant;
  /** When what the proposal ends, ends; null: an hour after `at`. */
  readonly effectiveAt: Instant | null;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
  /** Deputies' grants that have not ended. */
  readonly standingDeputies: ReadonlySet<string>;
  newId(): string;
}

/** Applies one change, or says why it cannot be. */
type Apply = (draft: Changing, change: DirectoryChange) => ChangeRefusal | null;

function applyChange(draft: Changing, change: DirectoryChange): ReturnType<Apply> {
  switch (change.type) {
    case 'revoke-deputy':
      return revokeDeputy(draft, change.deputy);
    case 'add-organ':
    case 'rename-organ':
      return changeOrgan(draft, change);
    case 'add-route':
    case 'replace-route':
    case 'retire-route':
    case 'apply-route':
      return changeRoute(draft, change);
    default:
      return changeOffice(draft, change);
  }
}

/**
 * Applies changes in order to the newest directory. Refusals: those of `ChangeRefusal` with the number of the change,
 * and nothing_changes. Whether the outcome is lawful and fillable is another question (`directoryDefect`).
 */
export function draftDirectory(
  changes: readonly DirectoryChange[],
  ground: ChangeGround,
): DirectoryDraft | ChangeRefusal | Refusal<'nothing_changes'> {
  const draft = begun(ground);
  for (const [index, change] of changes.entries()) {
    const refusal = applyChange(draft, change);
    if (isRefusal(refusal)) return { ...refusal, data: { ...refusal.data, change: index + 1 } };
  }
  const { document } = ground;
  const changed = finished(draft, document.version + 1);
  const same = (one: DirectoryDocument): string =>
    new TextDecoder().decode(canonicalBytes({ ...one, version: 0, at: ground.at }));
  const isSame = same(changed) === same(begunDocument(document, ground));
  const { newRoutes, newPeople, newPasswords, leavers, revokedDeputies, ends } = draft;
  if (isSame && newPasswords.length === 0 && revokedDeputies.length === 0) return refuse('nothing_changes');
  const endsFrom = ends.toSorted()[0] ?? null;
  return { document: changed, newRoutes, newPeople, newPasswords, leavers, revokedDeputies, endsFrom };
}

function revokeDeputy(draft: Changing, deputy: string): ChangeRefusal | null {
  if (!draft.standingDeputies.has(deputy)) return refuse('unknown_deputy');
  draft.revokedDeputies.push(deputy);
  return null;
}

/** A directory of the first form says of its routes what the second form needs to be said. */
function begunDocument(document: DirectoryDocument, { people, at }: ChangeGround): DirectoryDocument {
  const gone = new Set(
    [...people.values()].filter(({ leavesAt }) => leavesAt !== null && leavesAt <= at).map(({ id }) => id),
  );
  return {
    ...document,
    schema: 'sunward.directory/2',
    persons: document.persons.map(({ id, active }) => ({ id, active: active && !gone.has(id) })),
    routes: document.routes.map(({ levels = '*', from = document.at, until = null, ...listed }) => ({
      ...listed,
      levels,
      from,
      until,
    })),
  };
}

function begun(ground: ChangeGround): Changing {
  const { at, crypto, people, effectiveAt } = ground;
  const { organs, persons, grants, routes } = begunDocument(ground.document, ground);
  return {
    at,
    effectiveAt: effectiveAt ?? plusSeconds(at, USUAL_NOTICE_SECONDS),
    crypto,
    newId: () => ground.newId(),
    organs,
    persons,
    grants,
    routes,
    people: new Map(people),
    newRoutes: [],
    newPeople: [],
    newPasswords: [],
    leavers: [],
    revokedDeputies: [],
    standingDeputies: ground.standingDeputies,
    ends: [],
  };
}

function finished({ at, organs, persons, grants, routes }: Changing, version: number): DirectoryDocument {
  return { schema: 'sunward.directory/2', version, at, organs, persons, grants, routes };
}
