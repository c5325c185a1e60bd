import type { DirectoryDocument } from '#evidence/statements';
import type { Handle } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import type { z } from 'zod';
import type { DraftingContext } from '#contracts/http/drafting.api';
import type { CheckContext, OrganLevel, OrganProfile, SiblingReport } from '#report/rules/check-context';
import { settingsInForce } from '#report/rules/national-settings';
import { latestDirectory } from '#signoff/directory-copy.repository';
import { findLastYearFile } from './persistence/last-year-file.repository.js';
import { liveRevisions, type StoredReport } from './persistence/report.repository.js';
import { liveReport } from './revision-content.js';

/** Level of a body by the level the directory gives it; a department and a township take theirs from above. */
const LEVELS: Readonly<Record<string, OrganLevel>> = { province: 2, city: 3, county: 4, township: 5 };

/** More reports of the same year than this are not compared; likeness is a question of neighbours. */
const MOST_SIBLINGS = 40;

/**
 * What drafting knows besides the report: the organ as the directory has it, its own report of the year before, and the public reports
 * of the same year at its level. Drafts of other organs are nobody's business and stay out.
 */
export async function checkContextOf(
  handle: Handle,
  report: Pick<StoredReport, 'document' | 'organ' | 'year'>,
): Promise<CheckContext> {
  const { organ, year } = report;
  const organs = await knownOrgans(handle);
  const own = organs.find(({ code }) => code === organ);
  const peers = organs.filter(({ code, level }) => code !== organ && level === own?.level).map(({ code }) => code);
  const [lastYear, beside] = await Promise.all([
    lastYearOf(handle, report),
    liveRevisions(handle, peers, year, MOST_SIBLINGS),
  ]);
  const siblings: SiblingReport[] = [];
  for (const revision of beside) {
    const organName = organs.find(({ code }) => code === revision.organ)?.name ?? revision.organ;
    siblings.push({ organName, report: await liveReport(handle, revision) });
  }
  return {
    settings: settingsInForce(),
    ...(lastYear === undefined ? {} : { lastYear: lastYear.report }),
    ...(siblings.length === 0 ? {} : { siblings }),
    ...(own === undefined ? {} : { profile: profileOf(own, organs) }),
  };
}

const knownOrgans = async (handle: Handle): Promise<readonly Organ[]> =>
  (await latestDirectory(handle))?.document.organs ?? [];

/** The organ as the rules know it; undefined while the directory has none of that code. */
export async function profileFor(handle: Handle, organ: string): Promise<OrganProfile | undefined> {
  const organs = await knownOrgans(handle);
  const own = organs.find(({ code }) => code === organ);
  return own && profileOf(own, organs);
}

type LastYear = NonNullable<z.infer<typeof DraftingContext>['lastYear']> & { readonly report: AnnualReport };

/** The organ's own report of the year before: the public one, else what its drafters put beside the draft. */
export async function lastYearOf(
  handle: Handle,
  { document, organ, year }: Pick<StoredReport, 'document' | 'organ' | 'year'>,
): Promise<LastYear | undefined> {
  const [live] = await liveRevisions(handle, [organ], year - 1, 1);
  if (live !== undefined) return { from: 'public', fileName: null, report: await liveReport(handle, live) };
  const file = await findLastYearFile(handle, document);
  return file && { from: 'file', fileName: file.fileName, report: file.report };
}

type Organ = DirectoryDocument['organs'][number];

function profileOf(own: Organ, organs: readonly Organ[]): OrganProfile {
  return {
    name: own.name,
    shortNames: [],
    otherNames: organs.filter(({ code }) => code !== own.code).map(({ name }) => name),
    level: levelOf(own, organs),
    government: own.name.endsWith('政府'),
    has: {},
  };
}

function levelOf(organ: Organ, organs: readonly Organ[]): OrganLevel {
  const level = LEVELS[organ.level];
  if (level !== undefined) return level;
  const parent = organs.find(({ code }) => code === organ.parent);
  return parent === undefined
    ? 4
    : levelOf(
        parent,
        organs.filter(({ code }) => code !== organ.code),
      );
}
