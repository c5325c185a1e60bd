import { randomBytes } from 'node:crypto';
import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { OpenToAll } from '../access/session.guard.js';
import { builtConsole, type ConsoleFile, type ConsolePage } from './console-files.js';
import { CONSOLE_PERMISSIONS, consolePolicy, STYLE_NONCE } from './content-security.js';

/** A name of an asset carries its digest, so what it names never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const NONCE_BYTES = 16;

/**
 * The console as static files. Every address below /app and /m is the same page: the browser's own router reads it. Open to
 * all: the files hold no data, and the API behind them lets nobody in without a session.
 */
@ApiExcludeController()
@OpenToAll()
@Controller()
export class ConsoleController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get(['app', 'app/*'])
  async desktop(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, 'app', this.ports.environment.siteOrigin);
  }

  @Get(['m', 'm/*'])
  async phone(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, 'm', this.ports.environment.siteOrigin);
  }

  @Get('console/assets/:file')
  async asset(
    @Param('file') name: string,
    @Headers('accept-encoding') accepts: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = builtConsole().asset(name);
    if (file === undefined) throw new RefusalError('not_found');
    await sendFile(reply.header('cache-control', FOR_EVER), file, accepts);
  }
}

/** Each answer carries a nonce of its own, by which the styles of the page's own scripts apply and nobody else's. */
async function sendPage(reply: FastifyReply, name: ConsolePage, siteOrigin: string): Promise<void> {
  const page = builtConsole().page(name);
  if (page === undefined) throw new RefusalError('not_found');
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  await reply
    .header('content-type', page.type)
    .header('cache-control', 'no-store')
    .header('content-security-policy', consolePolicy(name, nonce, siteOrigin))
    .header('permissions-policy', CONSOLE_PERMISSIONS)
    .send(page.bytes.toString('utf8').replaceAll(STYLE_NONCE, nonce));
}

async function sendFile(reply: FastifyReply, file: ConsoleFile, accepts = ''): Promise<void> {
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
  reply.header('content-type', file.type).header('vary', 'accept-encoding');
  if (encoding === undefined) await reply.send(file.bytes);
  else await reply.header('content-encoding', encoding).send(file.encoded(encoding));
}
