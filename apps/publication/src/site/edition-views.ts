import type { Language } from '../pages/frame.page.js';
import { renderWithdrawnPage } from '../pages/withdrawn.page.js';
import { effectiveAt } from '../pages/date-in-china.js';
import { COMPARED_YEARS, renderComparisonPage } from '../pages/comparison.page.js';
import type { PageFacts, SiteIdentity } from '../pages/page-facts.js';
import { renderReportPage } from '../pages/report.page.js';
import { renderReportText } from '../pages/report-text.page.js';
import { factsOf } from '../publish/facts-of.js';
import { isDerived } from '../publish/page-manifest.js';
import type { ProofGround } from '../publish/publication-proof.js';
import type { EditionPage, ProvenPages, WithdrawalPage } from './proven-pages.js';
import type { SiteFolder } from './site-folder.js';

/** What views of an edition are laid out from when they are asked for. */
export interface ViewGround extends ProofGround {
  readonly identity: SiteIdentity;
  readonly pages: ProvenPages;
  readonly folder: SiteFolder;
}

/**
 * The page of a proven edition in an English frame. Laid out when it is asked for, of nothing but what was proved: so there is no second page to be
 * signed for, stored and kept in step. The report in it is in Chinese, which is the statutory text.
 */
export async function englishPage(page: EditionPage, ground: ViewGround): Promise<Uint8Array> {
  const { proven, ratification, tree } = page;
  const derived = tree.files.filter(({ name }) => isDerived(name));
  const standing = {
    newer: await newerThan(page, ground),
    firstPublishedAt: await firstPublishedAt(page, ground),
    ratification,
  };
  const facts = factsOf(proven, ground, standing, derived);
  return renderReportPage(proven.edition, facts, renderReportText(proven.edition.report), 'en');
}

async function newerThan({ proven }: EditionPage, { pages }: ViewGround): Promise<PageFacts['newer']> {
  const { organ, year, edition } = proven.seal;
  const now = await pages.at({ organ, year, edition: null });
  if (now === undefined || 'defect' in now || now.shows !== 'edition') return null;
  const { seal } = now.proven;
  return seal.edition > edition ? { edition: seal.edition, at: effectiveAt(seal) } : null;
}

async function firstPublishedAt({ proven }: EditionPage, { pages }: ViewGround): Promise<string | null> {
  const { organ, year, edition, document } = proven.seal;
  const first = edition === 1 ? undefined : await pages.at({ organ, year, edition: 1 });
  if (first === undefined || 'defect' in first || first.shows !== 'edition') return null;
  const { seal } = first.proven;
  return seal.document === document ? effectiveAt(seal) : null;
}

/** The page in place of a withdrawn edition in an English frame, laid out of what was proved. */
export function englishWithdrawal({ withdrawal }: WithdrawalPage): Uint8Array {
  const { seal, notice, organName } = withdrawal;
  const organ = { code: seal.organ, name: organName };
  return renderWithdrawnPage({ organ, year: seal.year, notice, withdrawnAt: effectiveAt(seal) }, 'en');
}

/** A proven edition beside those of earlier years of its organ that are public and prove themselves now. */
export async function comparisonPage(
  { proven }: EditionPage,
  { pages, folder }: ViewGround,
  language: Language,
): Promise<Uint8Array> {
  const { organ, year } = proven.seal;
  const links = (await folder.reportsOf(organ)).filter((link) => link.year < year).toSorted((a, b) => b.year - a.year);
  const earlier = [];
  for (const link of links) {
    if (earlier.length === COMPARED_YEARS - 1) break;
    const page = await pages.at(link);
    if (page !== undefined && !('defect' in page) && page.shows === 'edition') earlier.push(page.proven.edition);
  }
  return renderComparisonPage(proven.edition, earlier, language);
}
