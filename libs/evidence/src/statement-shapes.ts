import { CASE_KINDS } from '#domain/case-kind';
import {
  count,
  digestText,
  either,
  flag,
  instantText,
  listOf,
  oneOf,
  orNull,
  record,
  type Shape,
  text,
  uuid,
} from './shape.js';

const leg = oneOf('review', 'approval');
const kind = oneOf(...CASE_KINDS);
const round = { case: uuid, round: count, document: uuid, edition: count, content: digestText };
const office = { role: text, organ: text };

/** What has grown since its first form: exactly the fields of one form or of the other. */
const grown = (first: Readonly<Record<string, Shape>>, added: Readonly<Record<string, Shape>>): Shape => {
  const [before, now] = [record(first), record({ ...first, ...added })];
  const isNow = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.keys(added).some((field) => field in value);
  return (value, where) => (isNow(value) ? now : before)(value, where);
};

const stage = {
  id: text,
  leg,
  name: text,
  meaning: text,
  need: either(oneOf('all'), count),
  ordered: flag,
  grade: oneOf('attested', 'passkey'),
  dueWorkingDays: count,
};
const route = { name: text, undoSeconds: count };
const firstRoute = record({
  ...route,
  schema: oneOf('sunward.route/1'),
  kind: oneOf('publish'),
  stages: listOf(record({ ...stage, slots: listOf(record(office)) })),
});
const presentRoute = record({
  ...route,
  schema: oneOf('sunward.route/2'),
  kind,
  stages: listOf(
    record({
      ...stage,
      slots: listOf(record({ ...office, person: orNull(uuid) })),
      checklist: listOf(record({ id: text, text })),
      duty: orNull(oneOf('secrecy')),
      escalation: orNull(record(office)),
    }),
  ),
});

const appliesTo = either(oneOf('*'), listOf(text));
const directory = {
  version: count,
  at: instantText,
  organs: listOf(record({ code: text, name: text, level: text, parent: orNull(text) })),
  persons: listOf(record({ id: uuid, active: flag })),
  grants: listOf(record({ person: uuid, ...office, from: instantText, until: orNull(instantText) })),
};
const listedRoute = { digest: digestText, envelope: digestText, appliesTo };
const firstDirectory = record({
  ...directory,
  schema: oneOf('sunward.directory/1'),
  routes: listOf(record({ ...listedRoute, kind: oneOf('publish') })),
});
const presentDirectory = record({
  ...directory,
  schema: oneOf('sunward.directory/2'),
  routes: listOf(record({ ...listedRoute, kind, levels: appliesTo, from: instantText, until: orNull(instantText) })),
});

/** The form its schema names; without one it is judged by the present form, whose complaint names the field. */
const bySchema =
  (schema: string, first: Shape, present: Shape): Shape =>
  (value, where) =>
    ((value as { schema?: unknown } | null)?.schema === schema ? first : present)(value, where);

const countedSeat = grown(
  { seat: uuid, stage: text, ...office, actor: uuid, decision: digestText, at: instantText },
  { onBehalfOf: orNull(uuid), added: flag, as: orNull(record(office)) },
);
const notice = { notice: orNull(digestText) };

/** The exact shape of every statement; `openStatement` refuses one field more or less. */
export const statementShapes = {
  route: bySchema('sunward.route/1', firstRoute, presentRoute),
  directory: bySchema('sunward.directory/1', firstDirectory, presentDirectory),
  deputy: record({
    id: uuid,
    principal: uuid,
    agent: uuid,
    ...office,
    from: instantText,
    until: instantText,
    at: instantText,
  }),
  passkey: record({
    id: uuid,
    person: uuid,
    credential: text,
    publicKey: text,
    rpId: text,
    origin: text,
    at: instantText,
  }),
  submission: grown(
    {
      ...round,
      kind,
      organ: text,
      year: count,
      route: digestText,
      contributors: listOf(uuid),
      submitter: uuid,
      notBefore: orNull(instantText),
      checks: digestText,
      at: instantText,
    },
    notice,
  ),
  decision: grown(
    {
      ...round,
      leg,
      seat: uuid,
      stage: text,
      kind: oneOf('sign', 'return'),
      route: digestText,
      notBefore: orNull(instantText),
      meaning: text,
      actor: uuid,
      onBehalfOf: orNull(uuid),
      reason: orNull(digestText),
      place: orNull(text),
    },
    { act: kind, ...notice },
  ),
  dossier: record({ ...round, route: digestText, submission: digestText, seats: listOf(countedSeat), at: instantText }),
  seal: grown(
    {
      ...round,
      kind,
      organ: text,
      year: count,
      route: digestText,
      directory: digestText,
      submission: digestText,
      dossier: digestText,
      notBefore: orNull(instantText),
      contributors: listOf(uuid),
      seats: listOf(countedSeat),
      at: instantText,
    },
    notice,
  ),
  receipt: grown(
    {
      ...round,
      bundle: digestText,
      channel: oneOf('site'),
      url: text,
      files: listOf(record({ name: text, digest: digestText, sizeBytes: count })),
      readBackAt: instantText,
    },
    { act: kind, superseded: flag },
  ),
  caller: record({
    person: uuid,
    session: text,
    stepUpAt: orNull(instantText),
    audience: text,
    method: text,
    path: text,
    body: digestText,
    key: orNull(text),
    correlationId: uuid,
    issuedAt: instantText,
    expiresAt: instantText,
  }),
} as const satisfies Record<string, Shape>;
