import { type Handle, rows } from '#persistence/sql';

interface NamedPerson {
  readonly person: string;
  readonly name: string;
}

/** The names of people by their ids; whoever is not known is left out. */
export async function namesOfPeople(handle: Handle, people: readonly string[]): Promise<NamedPerson[]> {
  if (people.length === 0) return [];
  return rows(handle, 'SELECT id AS person, name FROM person WHERE id::text = ANY($1) ORDER BY id', [people]);
}

/** The names of organs by their codes; whichever is not known is left out. */
export async function namesOfOrgans(
  handle: Handle,
  organs: readonly string[],
): Promise<{ readonly organ: string; readonly name: string }[]> {
  if (organs.length === 0) return [];
  return rows(handle, 'SELECT code AS organ, name FROM organ WHERE code = ANY($1) ORDER BY code', [organs]);
}

interface HeldOffice {
  readonly office: string;
  readonly organName: string;
  readonly holders: readonly NamedPerson[];
}

/** Who holds each office `role@organ` now; an office at an organ that is not known is left out. */
export async function holdersOf(handle: Handle, offices: readonly string[]): Promise<HeldOffice[]> {
  if (offices.length === 0) return [];
  return rows(
    handle,
    `SELECT asked.office, o.name AS "organName",
       coalesce(json_agg(json_build_object('person', p.id, 'name', p.name) ORDER BY p.name)
         FILTER (WHERE p.id IS NOT NULL), '[]'::json) AS holders
     FROM unnest($1::text[]) AS asked(office)
     JOIN organ o ON o.code = split_part(asked.office, '@', 2)
     LEFT JOIN role_grant g ON g.role = split_part(asked.office, '@', 1) AND g.organ = o.code
     LEFT JOIN person p ON p.id = g.person AND (p.leaves_at IS NULL OR p.leaves_at > now())
     GROUP BY asked.office, o.name ORDER BY asked.office`,
    [offices],
  );
}
