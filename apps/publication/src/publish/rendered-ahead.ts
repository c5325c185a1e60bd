import { LRUCache } from 'lru-cache';
import { isRefusal } from '#domain/decision';
import { getContent } from '#content-store/content-store';
import { parseEdition, type EditionDocument } from '#report/edition';
import type { ServicePorts } from '#service-runtime/ports';
import { alarmMissing, type DerivedFiles } from './derived-files.js';
import { renderReportText } from '../pages/report-text.page.js';

/** What preparing an edition needs. */
interface PreparePorts extends Pick<ServicePorts, 'db'> {
  readonly derived: DerivedFiles;
}

/** Texts kept; one is some 25 kB. Older ones are rendered again when their release comes. */
const MOST_KEPT = 500;

/**
 * The text of editions under sign-off, rendered while people still read them: by digest of the edition, so it can never
 * be another's. What is not here (another process heard of it, this one was started anew) is rendered when asked for.
 */
export class RenderedAhead {
  readonly #texts = new LRUCache<string, string>({ max: MOST_KEPT });

  /**
   * Renders a submitted edition and makes the files beside it, and so finds out early when it cannot be: files that cannot be made are an alarm
   * while people still sign. Throws what the content store throws.
   */
  async prepare({ db, derived }: PreparePorts, content: string): Promise<void> {
    const signed = await getContent(db, content);
    const edition = parseEdition(signed);
    if (isRefusal(edition)) throw new Error(`edition ${content} cannot be rendered: ${edition.refused}`);
    this.#texts.set(content, renderReportText(edition.report));
    const { document, edition: number } = edition;
    await alarmMissing(db, { document, edition: number }, await derived.of(content, signed));
  }

  /** The text of an edition whose bytes have this digest. */
  textOf(edition: EditionDocument, content: string): string {
    const known = this.#texts.get(content);
    if (known !== undefined) return known;
    const text = renderReportText(edition.report);
    this.#texts.set(content, text);
    return text;
  }
}
