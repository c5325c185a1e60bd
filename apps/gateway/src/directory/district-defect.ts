import type { DistrictDefinition } from '#contracts/http/district.api';
import { organsNamed, personsNamed } from './route-document.js';

const repeated = (values: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return values.find((value) => seen.size === seen.add(value).size);
};

/** The first thing wrong inside a definition (codes, names, administrators), as a sentence in Chinese; null when none. */
export function definitionDefect(district: DistrictDefinition): string | null {
  const codes = new Set(district.organs.map(({ code }) => code));
  const twice = repeated(district.organs.map(({ code }) => code));
  if (twice !== undefined) return `机关代码 ${twice} 出现两次`;
  const sameLogin = repeated(district.people.map(({ login }) => login));
  if (sameLogin !== undefined) return `登录名 ${sameLogin} 出现两次`;
  const administrators = district.people.filter(({ administrator }) => administrator);
  if (administrators.length !== 2) return `须恰有两名管理员，现有 ${administrators.length} 名`;
  const inOffice = administrators.find(({ grants }) => grants.length > 0);
  if (inOffice) return `管理员 ${inOffice.login} 不得兼任签批、起草等职务（三员分立）`;
  const orphan = district.organs.find(({ parent }) => parent !== null && !codes.has(parent));
  if (orphan) return `机关 ${orphan.code} 的上级 ${orphan.parent} 不存在`;
  return unknownOrgan(district, codes) ?? unfitRoute(district, codes);
}

function unknownOrgan({ people }: DistrictDefinition, codes: ReadonlySet<string>): string | null {
  for (const { login, grants } of people) {
    const grant = grants.find(({ organ }) => !codes.has(organ));
    if (grant) return `${login} 的职务所在机关 ${grant.organ} 不存在`;
    const same = repeated(grants.map(({ role, organ }) => `${role}@${organ}`));
    if (same !== undefined) return `${login} 的职务 ${same} 出现两次`;
  }
  return null;
}

function unfitRoute({ people, routes }: DistrictDefinition, codes: ReadonlySet<string>): string | null {
  const logins = new Set(people.map(({ login }) => login));
  for (const route of routes) {
    const organ = organsNamed(route).find((code) => !codes.has(code));
    if (organ !== undefined) return `路线“${route.name}”所用机关 ${organ} 不存在`;
    const person = personsNamed(route).find((login) => !logins.has(login));
    if (person !== undefined) return `路线“${route.name}”指名的 ${person} 不存在`;
    if (route.appliesTo !== '*' && route.levels !== '*') return `路线“${route.name}”不能既指机关又指级别`;
  }
  return null;
}
