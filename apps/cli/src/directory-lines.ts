import type { Message } from '#report/place';
import type { DirectoryOfAll, Preview, ProposalLine } from './directory-acts.js';

const KINDS = {
  publish: '公开',
  correct: '更正',
  withdraw: '撤回公开',
  emergency: '应急公开',
  ratify: '追认',
} as const;
const STATES = { open: '待签署', published: '已生效', rejected: '已否决', withdrawn: '已撤回' } as const;

/** People with their offices, then routes, as rows of a table. */
export function directoryRows({ people, routes }: DirectoryOfAll): readonly (readonly string[])[] {
  const until = (end: string | null): string => (end === null ? '' : ` 至 until ${end}`);
  const persons = people.map(({ login, name, administrator, grants }) => [
    login,
    name,
    administrator
      ? '管理员 administrator'
      : grants.map((one) => `${one.role}@${one.organ}${until(one.until)}`).join('，'),
  ]);
  const listed = routes.map(({ name, kind, stages, until: end, digest }) => [
    KINDS[kind],
    `${name}${until(end)}`,
    `${stages.map((stage) => stage.name).join(' → ')} ${digest.slice(0, 12)}`,
  ]);
  return [...persons, ...listed];
}

/** A proposal as an administrator looks at it before signing. */
export function proposalLines(proposal: ProposalLine): readonly Message[] {
  const {
    proposal: id,
    state,
    version,
    proposedByName,
    reason,
    outdated,
    difference,
    changes,
    content,
    effectiveAt,
  } = proposal;
  const { organs, persons, offices, routes } = difference;
  const touched = [...organs, ...offices, ...routes.map((digest) => digest.slice(0, 12))].join('，') || '—';
  const lines: Message[] = [
    {
      zh: `${id}  ${STATES[state]}${outdated ? '（目录已更新）' : ''}  第 ${version} 版  ${proposedByName}：${reason}`,
      en: `${id}  ${state}${outdated ? ' (outdated)' : ''}  version ${version}  ${proposedByName}: ${reason}`,
    },
    ...changes.map((change, index) => {
      const text = `  ${index + 1}. ${JSON.stringify(change)}`;
      return { zh: text, en: text };
    }),
    { zh: `  变动 ${touched}；人员 ${persons.length}`, en: `  changed ${touched}; people ${persons.length}` },
    { zh: `  内容 ${content}`, en: `  content ${content}` },
  ];
  if (effectiveAt === null) return lines;
  return [...lines, { zh: `  自 ${effectiveAt} 起生效`, en: `  takes effect ${effectiveAt}` }];
}

/** What a leaver leaves behind, and who could follow. */
export function previewLines({
  name,
  login,
  at,
  offices,
  deputies,
  seats,
  reports,
  gaps,
}: Preview): readonly Message[] {
  const logins = (people: readonly { readonly login: string }[]): string =>
    people.map((one) => one.login).join('，') || '—';
  return [
    { zh: `${name}（${login}）自 ${at} 起离任：`, en: `${login} leaves at ${at}:` },
    ...offices.map(({ role, organ, others, successors }) => ({
      zh: `  职务 ${role}@${organ}  另有 ${logins(others)}  可接任 ${logins(successors)}`,
      en: `  office ${role}@${organ}  others ${logins(others)}  could follow ${logins(successors)}`,
    })),
    ...[...deputies.given, ...deputies.received].map(({ role, organ, principalName, agentName }) => ({
      zh: `  代理 ${agentName} 代 ${principalName}（${role}@${organ}），随之终止`,
      en: `  deputy ${agentName} for ${principalName} (${role}@${organ}) ends`,
    })),
    ...seats.map(({ case: caseId, stage }) => ({
      zh: `  待签席位 案件 ${caseId} 环节 ${stage}，只有此人可签`,
      en: `  open seat of case ${caseId}, stage ${stage}: nobody else can sign`,
    })),
    ...reports.map(({ organ, year, state }) => ({
      zh: `  在办报告 ${organ} ${year}（${state}）`,
      en: `  report ${organ} ${year} (${state})`,
    })),
    ...gaps.map(({ organ, kind, stage, seats: lacking }) => ({
      zh: `  ✗ ${organ} 的“${KINDS[kind]}”将走不完：环节 ${stage} 缺 ${lacking.join('、')}`,
      en: `  ✗ ${organ} could not ${kind}: stage ${stage} lacks ${lacking.join(', ')}`,
    })),
  ];
}
