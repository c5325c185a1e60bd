import type { AnnualReport } from '../model.js';
import type { RuleSettings } from './rule-settings.js';

/** Level of the organ: 1 centre or ministry, 2 province, 3 设区的市 or 自治州, 4 county or district, 5 township or street. */
export type OrganLevel = 1 | 2 | 3 | 4 | 5;

/**
 * What is known of the organ besides its report. `shortNames`: other names it uses for itself. `government`: a 人民政府, not a department.
 * `otherNames`: names of other organs of the tenant that must not stand in this report as its own. `has`: what its power list (权责清单)
 * holds; absent means not known. `place`: its region without level (向阳), `regionWords`: how it may call its region (全区, 我区).
 */
export interface OrganProfile {
  readonly name: string;
  readonly shortNames: readonly string[];
  readonly otherNames: readonly string[];
  readonly level: OrganLevel;
  readonly government: boolean;
  readonly place?: string;
  readonly regionWords?: readonly string[];
  readonly has: {
    readonly permits?: boolean;
    readonly penalties?: boolean;
    readonly compulsion?: boolean;
    readonly fees?: boolean;
  };
}

/** A report of another organ of the same level, for likeness and medians. */
export interface SiblingReport {
  readonly organName: string;
  readonly report: AnnualReport;
}

/** One unit whose figures go into this report. `level` decides whether its 规章 count; `report` null: none signed; `exemption`: why none is due. */
export interface RolledUpUnit {
  readonly organ: string;
  readonly name: string;
  readonly kind: 'own-office' | 'department' | 'government';
  readonly level?: OrganLevel;
  readonly report: AnnualReport | null;
  readonly exemption?: string;
  /** Figures already contained in another unit's report (vertical departments, zones): its organ code. */
  readonly containedIn?: string;
}

/** Days as YYYY-MM-DD. `written` 成文日期, `published` 发布日期, `submitted` handed in; `deadline` of the organ's level or an earlier local one. */
export interface ReportDays {
  readonly today: string;
  readonly deadline?: string;
  readonly submitted?: string;
  readonly written?: string;
  readonly published?: string;
}

/** Cells of 表三 as the application register counts them, by cell id; decimal whole numbers. */
export type RegisterFigures = Readonly<Record<string, string>>;

/** What the public address shows. `sha256` of the bytes read there and of the signed ones. `listed`: in the central display of the tenant. */
export interface PublishedState {
  readonly url: string;
  readonly onStatutoryColumn: boolean;
  readonly servedSha256: string;
  readonly signedSha256: string;
  readonly correctionAnnounced: boolean;
  readonly otherPlaces: readonly { readonly url: string; readonly sha256: string }[];
  readonly openFormat: boolean;
  readonly listed: boolean;
}

/**
 * Everything a rule may look at besides the report. What is absent is not known: the rule that needs it answers `not-assessable`, never pass.
 * `lastYear`: the organ's own report of the year before, as published. `secrecyReview`: null while the 保密审查 is not done.
 * `oldestOpenDays`: working days the oldest open application has waited.
 */
export interface CheckContext {
  readonly settings: RuleSettings;
  readonly lastYear?: AnnualReport;
  readonly siblings?: readonly SiblingReport[];
  readonly profile?: OrganProfile;
  readonly units?: readonly RolledUpUnit[];
  readonly register?: RegisterFigures;
  readonly oldestOpenDays?: number;
  readonly days?: ReportDays;
  readonly secrecyReview?: { readonly reviewer: string; readonly at: string } | null;
  readonly publication?: PublishedState;
}
