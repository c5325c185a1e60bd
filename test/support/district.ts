import type { DistrictDefinition } from '#contracts/http/district.api';

const OFFICE = 'test-office';

/** The five offices that sign, in order, and the leg each belongs to. */
export const STAGES = [
  { id: 'first-review', leg: 'review', role: 'first-reviewer', name: '初审' },
  { id: 'secrecy-review', leg: 'review', role: 'secrecy-reviewer', name: '保密审查' },
  { id: 'countersign', leg: 'approval', role: 'countersigner', name: '会签' },
  { id: 'deputy', leg: 'approval', role: 'deputy-leader', name: '分管领导' },
  { id: 'principal', leg: 'approval', role: 'principal', name: '主要负责人签发' },
] as const;

type StageId = (typeof STAGES)[number]['id'];
type Route = DistrictDefinition['routes'][number];

/** A route of some of the five stages for all organs; `named`: each is for the one person of that login. */
function routeOf(
  kind: Route['kind'],
  name: string,
  undoSeconds: number,
  ids: readonly StageId[],
  isNamed = false,
): Route {
  return {
    name,
    kind,
    appliesTo: '*',
    levels: '*',
    undoSeconds,
    stages: STAGES.filter(({ id }) => ids.includes(id)).map(({ id, leg, role, name: stage }) => ({
      id,
      leg,
      name: stage,
      meaning: `${stage}：已核对全文与各表，同意。`,
      need: 'all' as const,
      ordered: false,
      grade: 'attested' as const,
      dueWorkingDays: 2,
      slots: [{ role, organ: OFFICE, person: isNamed ? role : null }],
      checklist: [],
      escalation: null,
    })),
  };
}

const ALL: readonly StageId[] = STAGES.map(({ id }) => id);
const SHORT: readonly StageId[] = ['secrecy-review', 'principal'];

/**
 * A district with `organs` reporting organs (`organ-0001` …) and one route for each kind of case: five signatures to
 * publish and correct, two named people in an emergency, two offices to withdraw and to ratify.
 */
export function testDistrict(organs: number, undoSeconds = 0): DistrictDefinition {
  const codes = Array.from({ length: organs }, (_, index) => `organ-${String(index + 1).padStart(4, '0')}`);
  return {
    organs: [
      { code: OFFICE, name: '测试区人民政府办公室', level: 'department', parent: null },
      ...codes.map((code) => ({ code, name: `测试区${code}局`, level: 'department' as const, parent: null })),
    ],
    people: [
      { login: 'admin.one', name: '管理员甲', administrator: true, grants: [] },
      { login: 'admin.two', name: '管理员乙', administrator: true, grants: [] },
      {
        login: 'drafter',
        name: '起草人',
        administrator: false,
        grants: codes.map((organ) => ({ role: 'drafter', organ })).slice(0, 50),
      },
      { login: 'outsider', name: '无关人员', administrator: false, grants: [{ role: 'archivist', organ: OFFICE }] },
      {
        login: 'principal.two',
        name: '第二主要负责人',
        administrator: false,
        grants: [{ role: 'principal', organ: OFFICE }],
      },
      ...STAGES.map(({ role }) => ({
        login: role,
        name: role,
        administrator: false,
        grants: [{ role, organ: OFFICE }],
      })),
    ],
    routes: [
      routeOf('publish', '五签路线', undoSeconds, ALL),
      routeOf('correct', '更正路线', undoSeconds, ALL),
      routeOf('withdraw', '撤回路线', undoSeconds, SHORT),
      routeOf('emergency', '应急路线', undoSeconds, SHORT, true),
      routeOf('ratify', '追认路线', undoSeconds, SHORT),
    ],
  };
}
