import type { z } from 'zod';
import type { HandOverPreview } from '#contracts/http/directory.api';
import { refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { databaseNow, type Handle } from '#persistence/sql';
import { type AgreementPorts, newestDirectory } from './agreed-directory.js';
import { listDeputies } from './deputy.repository.js';
import { deputyLine } from './deputy-line.js';
import { everybody, type NamedPerson } from './directory.repository.js';
import { handOver } from './hand-over.js';
import { lonelySeats, reportsDrafted } from './hand-over.queries.js';

/**
 * What somebody who leaves at `at` would leave behind, and who could follow. Nothing is changed. Refusals: not_set_up,
 * not_found, has_left, administrator_apart.
 */
export async function previewHandOver(
  handle: Handle,
  { login, at }: { readonly login: string; readonly at: Instant },
  ports: AgreementPorts,
): Promise<z.infer<typeof HandOverPreview> | Refusal> {
  const newest = await newestDirectory(handle, ports);
  if (newest === undefined) return refuse('not_set_up');
  const people = await everybody(handle);
  const person = people.find((one) => one.login === login);
  if (person === undefined) return refuse('not_found');
  if (person.administrator) return refuse('administrator_apart', { change: 1 });
  if (person.leavesAt !== null) return refuse('has_left', { at: person.leavesAt, change: 1 });
  const now = await databaseNow(handle);
  const given = await listDeputies(handle, { principal: person.id });
  const received = await listDeputies(handle, { agent: person.id });
  const apart = new Set(people.filter((one) => one.administrator || one.leavesAt !== null).map(({ id }) => id));
  const found = handOver(newest, { person: person.id, at, deputies: given, apart });
  return {
    person: person.id,
    login,
    name: person.name,
    at,
    offices: found.offices.map(({ others, successors, ...office }) => ({
      ...office,
      others: named(others, people),
      successors: named(successors, people),
    })),
    deputies: {
      given: given.map((one) => deputyLine(one, now)).filter(isStanding),
      received: received.map((one) => deputyLine(one, now)).filter(isStanding),
    },
    seats: [...(await lonelySeats(handle, person.id, at))],
    reports: [...(await reportsDrafted(handle, person.id))],
    gaps: found.gaps.map(({ organ, kind, route, stage, seats, at: from }) => ({
      organ,
      kind,
      route,
      stage,
      seats: [...seats],
      at: from,
    })),
  };
}

const isStanding = ({ state }: { readonly state: string }): boolean => state === 'coming' || state === 'in-force';

function named(
  ids: readonly string[],
  people: readonly NamedPerson[],
): { person: string; login: string; name: string }[] {
  return ids.flatMap((id) => {
    const person = people.find((one) => one.id === id);
    return person === undefined ? [] : [{ person: id, login: person.login, name: person.name }];
  });
}
