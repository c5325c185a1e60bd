import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AddressedFile, readAddress } from '../domain/public-address.js';
import { isDerived } from '../publish/page-manifest.js';
import { derivedBody } from './derived-body.js';
import { EditionFiles, type FilesGround } from './edition-files.js';
import { EditionViews } from './edition-views.js';
import type { SiteParts } from './list-routes.js';
import { onceATurn } from './once-a-turn.js';
import { PageBodies } from './page-bodies.js';

/** The addresses of reports: each edition's page, its files, and the same page in an English frame. Every other address is no report's. */
export function addReportRoutes(
  server: FastifyInstance,
  { answers, pages, identity }: SiteParts,
  ground: FilesGround,
): void {
  const bodies = new PageBodies(ground);
  const files = new EditionFiles(ground);
  const views = new EditionViews({ ...ground, identity, answers });

  async function answer(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
    // Under /en/ stand the pages in an English frame; files are the same for everybody.
    const isEnglish = path.startsWith('/en/');
    const own = isEnglish ? path.slice('/en'.length) : path;
    const address = readAddress(own);
    if (address === null)
      return readAddress(`${own}/`)?.file === ''
        ? answers.redirect(reply, `${path}/`, 308)
        : answers.absent(request, reply, 404);
    if (isEnglish && address.file !== '' && address.file !== 'comparison.html')
      return answers.redirect(reply, own, 308);
    return shown(request, reply, address, isEnglish);
  }

  async function shown(
    request: FastifyRequest,
    reply: FastifyReply,
    address: AddressedFile,
    isEnglish: boolean,
  ): Promise<FastifyReply> {
    const page = await pages.at(address);
    if (page === undefined) return answers.absent(request, reply, 404);
    if ('defect' in page) return answers.absent(request, reply, 503);
    if (page.shows === 'edition' && isDerived(address.file)) {
      const file = await files.at(address, page, address.file);
      if (file === undefined) return answers.absent(request, reply, 404);
      if ('defect' in file) return answers.absent(request, reply, 503);
      return answers.send(request, reply, derivedBody(file, page));
    }
    if (page.shows === 'edition' && address.file === 'comparison.html')
      return answers.send(request, reply, await views.comparison(page, isEnglish ? 'en' : 'zh'));
    if (isEnglish) return answers.send(request, reply, await views.english(page));
    const body = await bodies.of(address, page);
    return body === undefined ? answers.absent(request, reply, 404) : answers.send(request, reply, body);
  }

  // What most readers want, a page that is held, goes out in the turn its question came in: each wait on the way costs as much as the proof of the link.
  const heldAt = onceATurn((path) => {
    const address = readAddress(path);
    const page = address?.file === '' ? pages.keptAt(address) : undefined;
    return page && bodies.ofPage(page);
  });

  server.get('/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const body = heldAt(path);
    return body === undefined ? answer(request, reply, path) : answers.send(request, reply, body);
  });
}
