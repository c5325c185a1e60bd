import { readFileSync } from 'node:fs';
import type { DistrictDefinition } from '#contracts/http/district.api';
import { corrected } from './chain.js';
import { testDistrict } from './district.js';

/** Districts of one city: the sample tells of the first, and by another name of each of the others. */
const ORGANS: Readonly<Record<string, string>> = {
  'test-office': '东江市人民政府办公室',
  'organ-0001': '向阳区人民政府',
  'organ-0002': '青山区人民政府',
  'organ-0003': '临江区人民政府',
  'organ-0004': '长安区人民政府',
  'organ-0005': '平川区人民政府',
  'organ-0006': '兴山区人民政府',
  'organ-0007': '永安区人民政府',
  'organ-0008': '东山区人民政府',
};

const SAMPLE = corrected(readFileSync(new URL('../../samples/xiangyang-2020.txt', import.meta.url))).toString('utf8');

/** The sample as the report of one of these organs. */
export function reportOf(organ: string): Buffer {
  const name = ORGANS[organ]?.slice(0, 2);
  if (name === undefined) throw new Error(`no organ ${organ} here`);
  return Buffer.from(SAMPLE.replaceAll('向阳', name));
}

const PEOPLE: Readonly<Record<string, string>> = {
  drafter: '王敏',
  'first-reviewer': '张立',
  'secrecy-reviewer': '赵文',
  countersigner: '陈静',
  'deputy-leader': '孙卫国',
  principal: '刘建华',
  'principal.two': '周正',
  outsider: '吴越',
  'admin.one': '何平',
  'admin.two': '罗毅',
};

/** What a stage asks to have been gone through, by its id. */
const CHECKLISTS: Readonly<Record<string, readonly string[]>> = {
  'secrecy-review': ['不含国家秘密', '不含商业秘密', '不含个人隐私'],
};

/** Organs and their people as an office would name them, with a minute to recall what was approved, or as long as is said. */
export function consoleDistrict(count = 5, recallSeconds = 60): DistrictDefinition {
  const { organs, people, routes } = testDistrict(count, recallSeconds);
  return {
    organs: organs.map((organ) => ({ ...organ, level: levelOf(organ.code), name: ORGANS[organ.code] ?? organ.name })),
    people: people.map((person) => ({ ...person, name: PEOPLE[person.login] ?? person.name })),
    routes: routes.map((route) => ({
      ...route,
      stages: route.stages.map((stage) => ({
        ...stage,
        checklist: (CHECKLISTS[stage.id] ?? []).map((text, index) => ({ id: `item-${index + 1}`, text })),
      })),
    })),
  };
}

const levelOf = (code: string): 'county' | 'department' => (code === 'test-office' ? 'department' : 'county');
