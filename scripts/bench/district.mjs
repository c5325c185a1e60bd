// The district the benchmark drives: many reporting organs, one office whose people sign for all of them.

const OFFICE = 'bench-office';
/** A person may hold 50 grants, so one drafter serves 50 organs. */
const ORGANS_PER_DRAFTER = 50;

/** The stages of the route, in order: the leg that owns each and the role that signs it. */
export const STAGES = [
  { id: 'first-review', leg: 'review', role: 'first-reviewer', name: '初审' },
  { id: 'secrecy-review', leg: 'review', role: 'secrecy-reviewer', name: '保密审查' },
  { id: 'countersign', leg: 'approval', role: 'countersigner', name: '会签' },
  { id: 'deputy', leg: 'approval', role: 'deputy-leader', name: '分管领导' },
  { id: 'principal', leg: 'approval', role: 'principal', name: '主要负责人签发' },
];

const person = (login, grants, administrator = false) => ({ login, name: login, administrator, grants });

/** Code of the n-th organ, counted from 0. */
export const organCode = (n) => `bench-${String(n + 1).padStart(5, '0')}`;
export const drafterOf = (n) => `drafter.${Math.floor(n / ORGANS_PER_DRAFTER) + 1}`;
export const signerOf = (role, n) => `${role}.${n + 1}`;

/** A DistrictDefinition with `organs` organs and `signers` people for each role of the route. */
export function benchDistrict(organs, signers) {
  const codes = Array.from({ length: organs }, (_, n) => organCode(n));
  const drafters = Array.from({ length: Math.ceil(organs / ORGANS_PER_DRAFTER) }, (_, n) =>
    person(
      `drafter.${n + 1}`,
      codes.slice(n * ORGANS_PER_DRAFTER, (n + 1) * ORGANS_PER_DRAFTER).map((organ) => ({ role: 'drafter', organ })),
    ),
  );
  const offices = STAGES.flatMap(({ role }) =>
    Array.from({ length: signers }, (_, n) => person(signerOf(role, n), [{ role, organ: OFFICE }])),
  );
  return {
    organs: [OFFICE, ...codes].map((code) => ({ code, name: `测量${code}`, level: 'department', parent: null })),
    people: [person('admin.one', [], true), person('admin.two', [], true), ...drafters, ...offices],
    routes: [
      {
        name: '五签路线',
        kind: 'publish',
        appliesTo: '*',
        levels: '*',
        undoSeconds: 0,
        stages: STAGES.map(({ id, leg, role, name }) => ({
          id,
          leg,
          name,
          meaning: `${name}：同意。`,
          need: 'all',
          ordered: false,
          grade: 'attested',
          dueWorkingDays: 2,
          slots: [{ role, organ: OFFICE, person: null }],
          checklist: [],
          escalation: null,
        })),
      },
    ],
  };
}
