import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import { inFrame, type Language, LANGUAGES } from '../pages/frame.page.js';
import { renderCheckPage } from '../pages/check.page.js';
import { KeptBodies } from './kept-bodies.js';
import type { SiteParts } from './list-routes.js';
import { styleHash } from './proven-pages.js';
import type { Body } from './site-answers.js';

/** What the page carries: the anchors, and the cryptography its hash is made with. */
interface CheckGround {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The page on which readers check a report themselves: the only one of the site with a script, named by its hash. */
export function addCheckRoutes(
  server: FastifyInstance,
  { answers, ...site }: Pick<SiteParts, 'answers' | 'origin' | 'identity'>,
  { trust, crypto }: CheckGround,
): void {
  const kept = new KeptBodies<Trust>();
  for (const language of LANGUAGES) {
    const path = inFrame(language, '/check/');
    server.get(path.slice(0, -1), (_, reply) => answers.redirect(reply, path, 308));
    const page = (): Body => kept.of(trust, language, () => layOut(language));
    server.get(path, (request, reply) => answers.send(request, reply, page()));
  }

  function layOut(language: Language): Body {
    const program = readProgram();
    const page = renderCheckPage({ program, trust: JSON.stringify(trust) }, language, site);
    return answers.page(page, { scripts: [styleHash(program, crypto)] });
  }
}

/** The program the build left beside this one. */
function readProgram(): string {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/web/' : '../web/', import.meta.url);
  return readFileSync(new URL('check-page.js', folder), 'utf8');
}
