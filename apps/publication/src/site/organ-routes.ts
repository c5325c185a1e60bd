import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { organPath } from '../domain/public-address.js';
import { inFrame, LANGUAGES } from '../pages/frame.page.js';
import { type OrganView, renderOrganPage } from '../pages/organ.page.js';
import type { Listing } from './catalogue.js';
import { KeptBodies } from './kept-bodies.js';
import { listedActs } from './listed-acts.js';
import { listedReport, type SiteParts } from './list-routes.js';

type OrganRequest = FastifyRequest<{ Params: { organ: string } }>;

/** A page for each organ something is public of, or that the newest public directory names. */
export function addOrganRoutes(server: FastifyInstance, { answers, catalogue, ...site }: SiteParts): void {
  const kept = new KeptBodies<Listing>();
  for (const language of LANGUAGES) {
    const path = inFrame(language, organPath(':organ'));
    const answer = async (request: OrganRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { organ } = request.params;
      const listing = await catalogue.now();
      const view = organView(listing, organ);
      if (view === null) return answers.absent(request, reply, 404);
      if (!(request.url.split('?', 1)[0] ?? '').endsWith('/'))
        return answers.redirect(reply, inFrame(language, organPath(organ)), 308);
      const body = kept.of(listing, `${language} ${organ}`, () => answers.page(renderOrganPage(view, language, site)));
      return answers.send(request, reply, body);
    };
    server.get(path, answer);
    server.get(path.slice(0, -1), answer);
  }
}

/** What is public of an organ; null when nobody knows it. It is called as its latest report or withdrawal does. */
export function organView(listing: Listing, organ: string): OrganView | null {
  const reports = listing.reports.filter(({ link }) => link.organ === organ);
  const acts = listing.acts.filter((act) => act.organ === organ);
  const name = reports[0]?.facts.name ?? acts[0]?.name ?? listing.organs?.names.get(organ);
  if (name === undefined) return null;
  const years = new Set(reports.map(({ link }) => link.year));
  const withdrawn = acts
    .filter(({ shows, year }) => shows === 'withdrawal' && !years.has(year))
    .map(({ year, edition, at }) => ({ year, edition: edition ?? 0, at }))
    .toSorted((a, b) => b.year - a.year || b.edition - a.edition);
  return {
    organ,
    name,
    reports: reports.map(listedReport),
    withdrawn: withdrawn.filter(({ year }, index) => withdrawn.findIndex((one) => one.year === year) === index),
    acts: listedActs({ acts }).length,
  };
}
