import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import { renderCheckPage } from '../pages/check.page.js';
import type { SiteParts } from './list-routes.js';
import { styleHash } from './proven-pages.js';

/** What the page carries: the anchors, and the cryptography its hash is made with. */
interface CheckGround {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The page on which readers check a report themselves: the only one of the site with a script, named by its hash. */
export function addCheckRoutes(
  server: FastifyInstance,
  { answers }: Pick<SiteParts, 'answers'>,
  { trust, crypto }: CheckGround,
): void {
  let made: { readonly page: Uint8Array; readonly scripts: readonly string[] } | undefined;
  const make = (): NonNullable<typeof made> => {
    const program = readProgram();
    return {
      page: renderCheckPage({ program, trust: JSON.stringify(trust) }),
      scripts: [styleHash(program, crypto)],
    };
  };
  server.get('/check', (_, reply) => answers.redirect(reply, '/check/', 308));
  server.get('/check/', (request, reply) => {
    made ??= make();
    return answers.page(request, reply, made.page, { scripts: made.scripts });
  });
}

/** The program the build left beside this one. */
function readProgram(): string {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/web/' : '../web/', import.meta.url);
  return readFileSync(new URL('check-page.js', folder), 'utf8');
}
