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
import { KeptBodies } from './kept-bodies.js';
import type { EditionPage, ProvenPage, ProvenPages, WithdrawalPage } from './proven-pages.js';
import type { Body, SiteAnswers } from './site-answers.js';
import type { SiteFolder } from './site-folder.js';

/** What views of an edition are laid out from when they are asked for. */
export interface ViewGround extends ProofGround {
  readonly answers: Pick<SiteAnswers, 'page'>;
  readonly identity: SiteIdentity;
  readonly pages: ProvenPages;
  readonly folder: SiteFolder;
}

/**
 * Views of what is proved that nobody signed and nobody stores: the page of an edition or of its withdrawal in an English frame, and an edition beside
 * those of earlier years. Laid out of nothing but what was proved, when somebody asks, and kept for as long as all of that is the same.
 */
export class EditionViews {
  readonly #kept = new KeptBodies<ProvenPage>();

  constructor(private readonly ground: ViewGround) {}

  /** The page in an English frame. The report in it is in Chinese, which is the statutory text. */
  async english(page: ProvenPage): Promise<Body> {
    const { answers } = this.ground;
    if (page.shows === 'withdrawal')
      return this.#kept.of(page, 'en', () => answers.page(englishWithdrawal(page), {}, 410));
    const { proven, ratification, tree } = page;
    const newer = await newerThan(page, this.ground);
    const since = await firstPublishedAt(page, this.ground);
    return this.#kept.of(page, JSON.stringify(['en', newer, since]), () => {
      const derived = tree.files.filter(({ name }) => isDerived(name));
      const facts = factsOf(proven, this.ground, { newer, firstPublishedAt: since, ratification }, derived);
      return answers.page(renderReportPage(proven.edition, facts, renderReportText(proven.edition.report), 'en'));
    });
  }

  /** An edition beside those of earlier years of its organ that are public and prove themselves now. */
  async comparison(page: EditionPage, language: Language): Promise<Body> {
    const { answers, folder, pages } = this.ground;
    const { organ, year } = page.proven.seal;
    const links = await folder.reportsOf(organ);
    const earlier: EditionPage[] = [];
    for (const link of links.filter((one) => one.year < year).toSorted((a, b) => b.year - a.year)) {
      if (earlier.length === COMPARED_YEARS - 1) break;
      const standing = await pages.at(link);
      if (standing !== undefined && !('defect' in standing) && standing.shows === 'edition') earlier.push(standing);
    }
    const name = ['comparison', language, ...earlier.map(({ tree }) => tree.digest)].join(' ');
    return this.#kept.of(page, name, () => {
      const editions = earlier.map(({ proven }) => proven.edition);
      return answers.page(renderComparisonPage(page.proven.edition, editions, language));
    });
  }
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

function englishWithdrawal({ withdrawal }: WithdrawalPage): Uint8Array {
  const { seal, notice, organName } = withdrawal;
  const organ = { code: seal.organ, name: organName };
  return renderWithdrawnPage({ organ, year: seal.year, notice, withdrawnAt: effectiveAt(seal) }, 'en');
}
