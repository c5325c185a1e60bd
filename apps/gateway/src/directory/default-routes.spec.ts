import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DistrictDefinition, RouteTemplate } from '#contracts/http/district.api';
import { CASE_KINDS } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { type FirstDirectory, firstDirectory } from './first-directory.js';

const AT = instant('2026-01-05T01:00:00.000Z');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const files = readdirSync('samples/routes').filter((name) => name.endsWith('.json'));

let next = 0;
const newId = (): string => `00000000-0000-4000-8000-${String((next += 1)).padStart(12, '0')}`;
const administrator = () => ({ person: newId(), signer: signerFromPem(generateKeyPem()) });
const found = (definition: unknown): FirstDirectory => {
  const means = { administrators: [administrator(), administrator()] as const, crypto: nodeCrypto, newId, at: AT };
  const founded = firstDirectory(DistrictDefinition.parse(definition), means);
  if (isRefusal(founded)) throw new Error(JSON.stringify(founded.data));
  return founded;
};

/** The smallest district of a template's level: one person for each slot, and a drafter. */
function districtOf({ organs, routes }: RouteTemplate, level: string): object {
  const slots = routes.flatMap(({ stages }) => stages.flatMap((stage) => stage.slots));
  const offices = new Map(
    slots.map(({ role, organ, person }) => [`${role}@${organ}@${person}`, { role, organ, person }]),
  );
  const admin = (login: string) => ({ login, name: login, administrator: true, grants: [] });
  const grantOf = ({ role, organ }: { role: string; organ: string }) => ({
    role,
    organ: organ === 'self' ? 'here' : organ,
  });
  return {
    organs: ['here', ...Object.keys(organs)].map((code) => ({
      code,
      name: `机关${code}`,
      level: code === 'here' ? level : 'province',
      parent: null,
    })),
    people: [
      admin('admin.one'),
      admin('admin.two'),
      { login: 'drafter', name: '起草人', grants: [{ role: 'drafter', organ: 'here' }] },
      ...[...offices.values()].map((office, n) => ({
        login: office.person ?? `p${n}`,
        name: `人${n}`,
        grants: [grantOf(office)],
      })),
    ],
    routes,
  };
}

describe.each(files)('the default routes in %s', (file) => {
  const template = RouteTemplate.parse(read(`samples/routes/${file}`));

  it('have one route for each kind of case, with Chinese names, meanings and checklists at every stage', () => {
    expect(template.routes.map(({ kind }) => kind).toSorted()).toEqual([...CASE_KINDS].toSorted());
    for (const { name, stages } of template.routes)
      for (const stage of stages) {
        for (const words of [name, stage.name, stage.meaning, ...stage.checklist.map(({ text }) => text)])
          expect(words).toMatch(/\p{Script=Han}/u);
        expect(stage.checklist).not.toEqual([]);
      }
  });

  it('say when each stage is due and who may sign once it is overdue, save in an emergency', () => {
    const stages = template.routes.filter(({ kind }) => kind !== 'emergency').flatMap((route) => route.stages);
    for (const { dueWorkingDays, escalation } of stages) {
      expect(dueWorkingDays).toBeGreaterThan(0);
      expect(escalation).not.toBeNull();
    }
  });

  it('explain every placeholder, and name no organ and nobody beside', () => {
    const offices = template.routes.flatMap(({ stages }) =>
      stages.flatMap(({ slots, escalation }) => [...slots, ...(escalation ? [escalation] : [])]),
    );
    const organs = new Set(offices.map(({ organ }) => organ).filter((organ) => organ !== 'self'));
    const people = template.routes.flatMap(({ stages }) =>
      stages.flatMap(({ slots }) => slots.flatMap(({ person }) => person ?? [])),
    );
    expect([...organs].toSorted()).toEqual(Object.keys(template.organs).toSorted());
    expect(people.toSorted()).toEqual(Object.keys(template.people).toSorted());
  });

  it.each([...new Set(template.routes.flatMap(({ levels }) => levels))])(
    'are lawful and fillable at level %s',
    (level) => {
      const { document } = found(districtOf(template, level));
      expect(document.routes.map(({ kind }) => kind).toSorted()).toEqual([...CASE_KINDS].toSorted());
    },
  );
});

describe('the demonstration district', () => {
  it('is lawful for every kind of case, and its secrecy stages know their duty', () => {
    const { document, routes } = found(read('samples/district.json'));
    expect(document).toMatchObject({ schema: 'sunward.directory/2', version: 1 });
    expect(document.routes.map(({ kind }) => kind).toSorted()).toEqual([...CASE_KINDS].toSorted());
    for (const { document: route } of routes.filter(({ document: { kind } }) => kind !== 'emergency'))
      expect(route.stages.filter(({ duty }) => duty === 'secrecy')).toHaveLength(1);
  });
});
