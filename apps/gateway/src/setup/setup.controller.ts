import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Accounts, DistrictDefinition } from '#contracts/http/district.api';
import { refusals } from '#contracts/refusals';
import { isRefusal } from '#domain/decision';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { OpenToAll } from '../access/session.guard.js';
import { isSetUp } from '../directory/directory.repository.js';
import { closedSetupPage, setupPage } from '../pages/setup.page.js';
import { found } from './found.js';
import { isSetupToken } from './setup-token.js';

const Setup = z.strictObject({ token: z.string().max(200), district: DistrictDefinition }).meta({ id: 'Setup' });
const SetupLink = z.object({ token: z.string().max(200).default('') });

/** First set-up through a one-time link; worth nothing once the district exists. */
@ApiTags('operation')
@OpenToAll()
@Controller()
export class SetupController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get('setup')
  @ApiExcludeEndpoint()
  async page(
    @Query({ schema: SetupLink }) { token }: z.infer<typeof SetupLink>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refusal = await this.refusalOf(token);
    void reply.header('content-type', 'text/html; charset=utf-8');
    if (refusal) await reply.status(refusals[refusal].status).send(closedSetupPage(refusal));
    else await reply.send(setupPage());
  }

  @Post('api/v1/setup')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Accounts })
  async setUp(@Body({ schema: Setup }) { token, district }: z.infer<typeof Setup>): Promise<z.infer<typeof Accounts>> {
    await this.admit(token);
    const { environment } = this.ports;
    if (environment.administratorKeys === null)
      throw new Error('SUNWARD_ADMINISTRATOR_KEYS is not set: the folder with the two administrators’ keys');
    const { administratorKeys } = environment;
    const accounts = await found({ ...this.ports, administratorKeys }, district);
    if (isRefusal(accounts)) throw new RefusalError(accounts.refused, accounts.data);
    return accounts;
  }

  private async admit(token: string): Promise<void> {
    const refusal = await this.refusalOf(token);
    if (refusal) throw new RefusalError(refusal);
  }

  /** The token first: who has no link learns nothing about the state of the installation. */
  private async refusalOf(token: string): Promise<'bad_setup_link' | 'already_set_up' | null> {
    if (!(await isSetupToken(this.ports.environment.setupTokenFile, token))) return 'bad_setup_link';
    return (await isSetUp(this.ports.db)) ? 'already_set_up' : null;
  }
}
