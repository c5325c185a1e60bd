import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ChangePassword } from '#contracts/http/directory.api';
import { Me, SignIn, StepUp } from '#contracts/http/gateway.api';
import type { RefusalCode } from '#contracts/refusals';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import { databaseNow } from '#persistence/sql';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { personOf } from '../read-model/lists.queries.js';
import { PasswordGate } from './password-gate.js';
import { proveAgain, proveByLogin } from './sign-in.use-case.js';
import { setOwnPassword } from './first-password.repository.js';
import { hashPassword } from './password.js';
import { CurrentSession, OpenToAll, WithOneTimePassword } from './session.guard.js';
import { recordedSession } from './session-entry.js';
import { endSession, openSession, type Session, SESSION_IDLE_SECONDS, stepUpSession } from './session.repository.js';
import { writeToken } from './session-cookie.js';

/** How long the services accept a step-up. */
const STEP_UP_SECONDS = 300;

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
    const proved = await proveByLogin(this.ports.db, this.gate, { login, password, from: ip });
    const asked = { action: 'gateway.sign-in', person: null } as const;
    const opened = await recordedSession(this.ports, asked, proved, async (tx, person) => ({
      person,
      ...(await openSession(tx, person)),
    }));
    writeToken(reply, this.ports.environment.publicOrigin, opened.token);
    return this.me(opened, null);
  }

  @Post('step-up')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async stepUp(
    @Body({ schema: StepUp }) { password }: z.infer<typeof StepUp>,
    @CurrentSession() session: Session,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Me>> {
    const { id, person } = session;
    const proved = await proveAgain(this.ports.db, this.gate, { person, password, from: ip });
    const asked = { action: 'gateway.step-up', person } as const;
    const token = await recordedSession(this.ports, asked, proved, (tx) => stepUpSession(tx, id));
    writeToken(reply, this.ports.environment.publicOrigin, token);
    return this.me(session, await databaseNow(this.ports.db));
  }

  @Post('password')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async changePassword(
    @Body({ schema: ChangePassword }) { password, next }: z.infer<typeof ChangePassword>,
    @CurrentSession() session: Session,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Me>> {
    const { id, person } = session;
    const asked = { action: 'gateway.change-password', person } as const;
    const proved = await this.mayChange({ person, password, next, from: ip });
    const hash = isRefusal(proved) ? proved : await this.gate.pass(async () => hashPassword(next));
    const token = await recordedSession(this.ports, asked, isRefusal(hash) ? hash : person, async (tx) => {
      if (isRefusal(hash)) throw new Error('a refused password changes nothing');
      await setOwnPassword(tx, person, hash, id);
      return stepUpSession(tx, id);
    });
    writeToken(reply, this.ports.environment.publicOrigin, token);
    return this.me(session, await databaseNow(this.ports.db));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: Me })
  async whoAmI(@CurrentSession() session: Session): Promise<z.infer<typeof Me>> {
    return this.me(session, session.stepUpAt);
  }

  @Delete()
  @HttpCode(204)
  async signOut(
    @CurrentSession() { id, person }: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const asked = { action: 'gateway.sign-out', person } as const;
    await recordedSession(this.ports, asked, person, (tx) => endSession(tx, id));
    writeToken(reply, this.ports.environment.publicOrigin, null);
  }

  private async mayChange(
    asked: { readonly next: string } & Parameters<typeof proveAgain>[2],
  ): Promise<string | Refusal<RefusalCode>> {
    return asked.password === asked.next ? refuse('same_password') : proveAgain(this.ports.db, this.gate, asked);
  }

  private async me(
    { person, endsAt }: Pick<Session, 'person' | 'endsAt'>,
    stepUpAt: Instant | null,
  ): Promise<z.infer<typeof Me>> {
    const steppedUpUntil = stepUpAt && plusSeconds(stepUpAt, STEP_UP_SECONDS);
    const over = steppedUpUntil !== null && steppedUpUntil <= (await databaseNow(this.ports.db));
    return {
      ...(await personOf(this.ports.db, person)),
      steppedUpUntil: over ? null : steppedUpUntil,
      endsAt,
      idleSeconds: SESSION_IDLE_SECONDS,
    };
  }
}
