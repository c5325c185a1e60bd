import { isRefusal } from '#domain/decision';
import type { CheckContext, OrganProfile } from '#report/rules/check-context';
import { NATIONAL_SETTINGS } from '#report/rules/national-settings';
import { parseOrganProfile } from '#report/rules/parse-organ-profile';
import { parseRuleSettings } from '#report/rules/parse-rule-settings';
import { extendSettings, type RuleSettings } from '#report/rules/rule-settings';
import type { ReportFileReader } from '#report-files/report-file-reader';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readJsonFile, readLocalFile } from '../local-file.js';
import { refusalMessage } from './checked-file.js';

/** Files with what a rule may want to know besides the report. */
export interface KnowledgeFiles {
  readonly lastYear?: string;
  readonly profile?: string;
  readonly settings?: string;
}

/** Reads what was given for the rules. CommandFailure `unusable_file` naming the file and what is wrong with it. */
export async function checkContextOf(files: KnowledgeFiles, reader: ReportFileReader): Promise<CheckContext> {
  const settings = files.settings === undefined ? NATIONAL_SETTINGS : await ownSettings(files.settings);
  const profile = files.profile === undefined ? undefined : await organProfile(files.profile);
  const lastYear = files.lastYear === undefined ? undefined : await lastReport(files.lastYear, reader);
  return {
    settings,
    ...(profile === undefined ? {} : { profile }),
    ...(lastYear === undefined ? {} : { lastYear }),
  };
}

async function ownSettings(file: string): Promise<RuleSettings> {
  const settings = parseRuleSettings(await readJsonFile(file));
  if (isRefusal(settings)) throw unusable(file, settings);
  return extendSettings(NATIONAL_SETTINGS, settings);
}

async function organProfile(file: string): Promise<OrganProfile> {
  const profile = parseOrganProfile(await readJsonFile(file));
  if (isRefusal(profile)) throw unusable(file, profile);
  return profile;
}

async function lastReport(file: string, reader: ReportFileReader): Promise<NonNullable<CheckContext['lastYear']>> {
  const reading = await reader.read(await readLocalFile(file), { changes: 'accept' });
  if (isRefusal(reading)) throw unusable(file, reading);
  return reading.report;
}

function unusable(file: string, refusal: Parameters<typeof refusalMessage>[0]): CommandFailure {
  const { zh, en } = refusalMessage(refusal);
  return new CommandFailure(EXIT.usage, 'unusable_file', { zh: `${file}：${zh}`, en: `${file}: ${en}` }, refusal.data);
}
