import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Accounts, DistrictDefinition } from '#contracts/http/district.api';
import { isRefusal } from '#domain/decision';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { OpenToAll } from '../access/session.guard.js';
import { SignInThrottleGuard } from '../access/sign-in-throttle.guard.js';
import { isSetUp } from '../directory/directory.repository.js';
import { setupPage } from '../pages/setup.page.js';
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
  @Header('content-type', 'text/html; charset=utf-8')
  async page(@Query({ schema: SetupLink }) { token }: z.infer<typeof SetupLink>): Promise<string> {
    await this.admit(token);
    return setupPage();
  }

  @Post('api/v1/setup')
  @HttpCode(200)
  @UseGuards(SignInThrottleGuard)
  @ApiResponse({ status: 200, standardSchema: Accounts })
  async setUp(@Body({ schema: Setup }) { token, district }: z.infer<typeof Setup>): Promise<z.infer<typeof Accounts>> {
    await this.admit(token);
    const { db, crypto, trust, environment } = this.ports;
    if (environment.administratorKeys === null)
      throw new Error('SUNWARD_ADMINISTRATOR_KEYS is not set: the folder with the two administrators’ keys');
    const { administratorKeys } = environment;
    const accounts = await found({ db, crypto, trust, administratorKeys }, district);
    if (isRefusal(accounts)) throw new RefusalError(accounts.refused, accounts.data);
    return accounts;
  }

  /** The token first: who has no link learns nothing about the state of the installation. */
  private async admit(token: string): Promise<void> {
    if (!(await isSetupToken(this.ports.environment.setupTokenFile, token))) throw new RefusalError('bad_setup_link');
    if (await isSetUp(this.ports.db)) throw new RefusalError('already_set_up');
  }
}
