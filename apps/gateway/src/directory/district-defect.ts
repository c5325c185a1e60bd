import type { DistrictDefinition } from '#contracts/http/district.api';
import type { Instant } from '#domain/instant';
import { routeDefect } from '#evidence/route-law';
import type { RouteDocument } from '#evidence/statements';
import type { Offices } from '#signoff/directory';
import { routeFillability } from '#signoff/fillability';
import { DRAFTER } from '#signoff/reading-rights';

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
  const administrators = district.people.filter(({ administrator }) => administrator).length;
  if (administrators !== 2) return `须恰有两名管理员，现有 ${administrators} 名`;
  const orphan = district.organs.find(({ parent }) => parent !== null && !codes.has(parent));
  if (orphan) return `机关 ${orphan.code} 的上级 ${orphan.parent} 不存在`;
  return unknownOrgan(district, codes);
}

function unknownOrgan(district: DistrictDefinition, codes: ReadonlySet<string>): string | null {
  for (const { login, grants } of district.people) {
    const grant = grants.find(({ organ }) => !codes.has(organ));
    if (grant) return `${login} 的职务所在机关 ${grant.organ} 不存在`;
    const same = repeated(grants.map(({ role, organ }) => `${role}@${organ}`));
    if (same !== undefined) return `${login} 的职务 ${same} 出现两次`;
  }
  for (const { name, appliesTo, stages } of district.routes) {
    const named = stages.flatMap(({ slots }) => slots.map(({ organ }) => organ)).filter((organ) => organ !== 'self');
    const unknown = [...named, ...(appliesTo === '*' ? [] : appliesTo)].find((organ) => !codes.has(organ));
    if (unknown !== undefined) return `路线“${name}”所用机关 ${unknown} 不存在`;
  }
  return null;
}

/** One route with the organs whose reports go along it. */
export interface AppliedRoute {
  readonly document: RouteDocument;
  readonly organs: readonly string[];
}

/**
 * The first route that is no law, or that distinct people cannot complete for an organ that has drafters;
 * null when every report can be signed off.
 */
export function routesDefect(routes: readonly AppliedRoute[], offices: Offices, at: Instant): string | null {
  for (const { document, organs } of routes) {
    const defect = routeDefect(document);
    if (defect !== null) return `路线“${document.name}”：${defect}`;
    for (const organ of organs) {
      if (offices.holders(DRAFTER, organ, at).length === 0) continue;
      const gap = routeFillability(document, organ, offices, [], at);
      if (gap)
        return `路线“${document.name}”在 ${organ} 走不完：环节 ${gap.stage} 缺少不同的人（${gap.seats.join('、')}）`;
    }
  }
  return null;
}
