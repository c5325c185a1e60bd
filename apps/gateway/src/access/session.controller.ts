import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ChangePassword } from '#contracts/http/directory.api';
import { Me, SignIn, StepUp } from '#contracts/http/gateway.api';
import { isRefusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import { databaseNow } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { personOf } from '../read-model/lists.queries.js';
import { PasswordGate } from './password-gate.js';
import { proveAgain, proveByLogin } from './sign-in.use-case.js';
import { setOwnPassword } from './first-password.repository.js';
import { hashPassword } from './password.js';
import { CurrentSession, OpenToAll, WithOneTimePassword } from './session.guard.js';
import { endSession, openSession, type Session, stepUpSession } from './session.repository.js';
import { writeToken } from './session-cookie.js';

/** How long the services accept a step-up. */
const STEP_UP_SECONDS = 300;

/** The proved person, or the refusal thrown on to the problem filter. */
function provedOrThrow(person: Awaited<ReturnType<typeof proveByLogin>>): string {
  if (isRefusal(person)) throw new RefusalError(person.refused, person.data);
  return person;
}

/** Signing in, proving it again before a signature, and leaving. */
@ApiTags('session')
@WithOneTimePassword()
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly gate: PasswordGate,
  ) {}

  @Post()
  @HttpCode(200)
  @OpenToAll()
  @ApiResponse({ status: 200, standardSchema: Me })
  async signIn(
    @Body({ schema: SignIn }) { login, password }: z.infer<typeof SignIn>,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Me>> {
    const person = provedOrThrow(await proveByLogin(this.ports.db, this.gate, { login, password, from: ip }));
    const token = await runInTransaction(this.ports.db, (tx) => openSession(tx, person));
    writeToken(reply, this.ports.environment.publicOrigin, token);
    return this.me(person, null);
  }

  @Post('step-up')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async stepUp(
    @Body({ schema: StepUp }) { password }: z.infer<typeof StepUp>,
    @CurrentSession() { id, person }: Session,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Me>> {
    provedOrThrow(await proveAgain(this.ports.db, this.gate, { person, password, from: ip }));
    const token = await runInTransaction(this.ports.db, (tx) => stepUpSession(tx, id));
    writeToken(reply, this.ports.environment.publicOrigin, token);
    return this.me(person, await databaseNow(this.ports.db));
  }

  @Post('password')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async changePassword(
    @Body({ schema: ChangePassword }) { password, next }: z.infer<typeof ChangePassword>,
    @CurrentSession() { id, person }: Session,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Me>> {
    if (password === next) throw new RefusalError('same_password');
    provedOrThrow(await proveAgain(this.ports.db, this.gate, { person, password, from: ip }));
    const hash = await this.gate.pass(async () => hashPassword(next));
    if (isRefusal(hash)) throw new RefusalError(hash.refused, hash.data);
    const token = await runInTransaction(this.ports.db, async (tx) => {
      await setOwnPassword(tx, person, hash, id);
      return stepUpSession(tx, id);
    });
    writeToken(reply, this.ports.environment.publicOrigin, token);
    return this.me(person, await databaseNow(this.ports.db));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: Me })
  async whoAmI(@CurrentSession() { person, stepUpAt }: Session): Promise<z.infer<typeof Me>> {
    return this.me(person, stepUpAt);
  }

  @Delete()
  @HttpCode(204)
  async signOut(@CurrentSession() { id }: Session, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await endSession(this.ports.db, id);
    writeToken(reply, this.ports.environment.publicOrigin, null);
  }

  private async me(person: string, stepUpAt: Instant | null): Promise<z.infer<typeof Me>> {
    const steppedUpUntil = stepUpAt && plusSeconds(stepUpAt, STEP_UP_SECONDS);
    const over = steppedUpUntil !== null && steppedUpUntil <= (await databaseNow(this.ports.db));
    return { ...(await personOf(this.ports.db, person)), steppedUpUntil: over ? null : steppedUpUntil };
  }
}
