import type { FastifyInstance, FastifyReply } from 'fastify';
import { refusals, refusalSentence } from '#contracts/refusals';
import { isRefusal } from '#domain/decision';
import { publicPath } from '../domain/public-address.js';
import { inFrame, LANGUAGES } from '../pages/frame.page.js';
import {
  type FoundReport,
  renderSearchPage,
  RESULTS_PATH,
  SEARCH_PATH,
  type SearchOutcome,
} from '../pages/search.page.js';
import type { Piece } from '../search/report-hits.js';
import type { SiteParts } from './list-routes.js';
import { answerTo, askedIn, type FoundPage, type SearchGround, type SearchRefused } from './search-answers.js';
import { MEDIA } from './site-answers.js';

/**
 * The search, in both frames and for programs: the one place of the site that asks the database. Without it these addresses answer 503 in words, and
 * every other one goes on.
 */
export function addSearchRoutes(server: FastifyInstance, site: SiteParts, ground: SearchGround): void {
  const { answers, catalogue, origin } = site;
  for (const language of LANGUAGES) {
    const path = inFrame(language, SEARCH_PATH);
    server.get(path.slice(0, -1), (_, reply) => answers.redirect(reply, path, 308));
    server.get(path, async (request, reply) => {
      const { reports } = await catalogue.now();
      const found = await answerTo(request.query, ground, reports);
      const years = [...new Set(reports.map(({ link }) => link.year))];
      const view = { language, asked: askedIn(request.query), years, outcome: outcomeOf(found, language) };
      const body = answers.page(renderSearchPage(view, site), { form: true }, statusOf(found));
      return answers.send(request, waiting(reply, found), body);
    });
  }
  server.get(RESULTS_PATH, async (request, reply) => {
    const { reports } = await catalogue.now();
    const found = (await answerTo(request.query, ground, reports)) ?? NOTHING_ASKED;
    const body = isRefusal(found) ? refusedBody(found) : foundBody(found, origin);
    const bytes = new TextEncoder().encode(
      `${JSON.stringify({ question: askedIn(request.query), ...body }, null, 2)}\n`,
    );
    const status = statusOf(found);
    const answer = { bytes, type: MEDIA.json };
    return answers.send(request, waiting(reply, found), status === undefined ? answer : { ...answer, status });
  });
}

type Answered = FoundPage | SearchRefused | null;

const NOTHING_ASKED: SearchRefused = { refused: 'search_too_short', data: {} };

function outcomeOf(found: Answered, language: 'zh' | 'en'): SearchOutcome {
  if (found === null) return { state: 'unasked' };
  if (isRefusal(found)) return { state: 'refused', sentence: refusalSentence(found.refused, language, found.data) };
  return { state: 'found', ...found };
}

/** The status of an answer; undefined for what was found. */
function statusOf(found: Answered): number | undefined {
  return isRefusal(found) ? refusals[found.refused].status : undefined;
}

/** Says when to come again, where that is known. */
function waiting(reply: FastifyReply, found: Answered): FastifyReply {
  const seconds = isRefusal(found) ? found.data['retryAfterSeconds'] : undefined;
  return typeof seconds === 'number' ? reply.header('retry-after', String(seconds)) : reply;
}

function refusedBody({ refused, data }: SearchRefused): object {
  return { refused, zh: refusalSentence(refused, 'zh', data), en: refusalSentence(refused, 'en', data) };
}

function foundBody({ page, isMore, unproved }: FoundPage, origin: string): object {
  const { no, last, all, items } = page;
  return { found: all, isMore, page: no, pages: last, unproved, reports: items.map((one) => reportBody(one, origin)) };
}

function reportBody({ organCode, organ, year, edition, title, at, hits }: FoundReport, origin: string): object {
  const url = `${origin}${publicPath(organCode, year)}`;
  return {
    organCode,
    organ: textOf(organ),
    year,
    edition,
    title: textOf(title),
    publishedAt: at,
    url,
    hits: hits.map(({ kind, chapter, heading, pieces }) => ({
      kind,
      chapter,
      heading,
      url: chapter === null ? url : `${url}#chapter-${chapter}`,
      pieces,
    })),
  };
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
