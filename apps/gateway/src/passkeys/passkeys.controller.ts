import { Body, Controller, Get, HttpCode, Inject, Param, Post, type RawBodyRequest, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { UuidField } from '#contracts/fields';
import {
  NamePasskey,
  Passkey,
  PasskeyOptions,
  Passkeys,
  PasskeysOf,
  RegisterPasskey,
  RevokePasskey,
  RevokePasskeyOf,
} from '#contracts/http/passkeys.api';
import { isRefusal, type Refusal } from '#domain/decision';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { sendAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import { ownCommand } from '../access/own-command.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { beginRegistration } from './begin-registration.use-case.js';
import { namePasskey, revokePasskey, revokePasskeyOf } from './change-passkey.use-case.js';
import { passkeysOf, type StoredPasskey } from './passkey.repository.js';
import { passkeyLine } from './passkey-line.js';
import { registerPasskey } from './register-passkey.use-case.js';

type Asked = RawBodyRequest<FastifyRequest>;

/** 通行密钥: the keys with which people sign themselves. */
@ApiTags('passkeys')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/passkeys')
export class PasskeysController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiOperation({ summary: 'My passkeys, and what a page needs to ask one of them for a signature.' })
  @ApiResponse({ status: 200, standardSchema: Passkeys })
  async mine(@CurrentSession() { person }: Session): Promise<z.infer<typeof Passkeys>> {
    const { rpId, origin } = this.ports.environment.relyingParty;
    const items = (await passkeysOf(this.ports.db, person)).map((one) => passkeyLine(one, { origin }));
    return { relyingParty: { id: rpId, origin }, items };
  }

  /** Begins a registration; not a command, since nothing comes of it unless it is finished. */
  @Post('options')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to register a passkey (needs a step-up): what the browser asks an authenticator for.',
  })
  @ApiResponse({ status: 200, standardSchema: PasskeyOptions })
  async begin(
    @Body({ schema: NamePasskey }) { name }: z.infer<typeof NamePasskey>,
    @CurrentSession() session: Session,
  ): Promise<object> {
    const { db, environment } = this.ports;
    const begun = await runInTransaction(db, (tx) => beginRegistration(tx, session, name, environment.relyingParty));
    if (isRefusal(begun)) throw new RefusalError(begun.refused, begun.data);
    return begun;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Finish the registration with what the authenticator answered (needs a step-up).' })
  @ApiResponse({ status: 200, standardSchema: Passkey })
  async register(
    @Body({ schema: RegisterPasskey }) body: RegisterPasskey,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { signer, log, environment } = this.ports;
    const ports = { signer, log, relyingParty: environment.relyingParty };
    await this.act('gateway.register-passkey', { session, request, reply }, (tx, caller) =>
      registerPasskey(tx, body, caller, ports),
    );
  }

  @Post(':passkey/name')
  @HttpCode(200)
  @ApiOperation({ summary: 'Call one of my passkeys something else (needs a step-up).' })
  @ApiResponse({ status: 200, standardSchema: Passkey })
  async rename(
    @Param('passkey', { schema: UuidField }) id: string,
    @Body({ schema: NamePasskey }) { name }: z.infer<typeof NamePasskey>,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act('gateway.name-passkey', { session, request, reply }, (tx, caller) =>
      namePasskey(tx, { id, name }, caller),
    );
  }

  @Post(':passkey/revocation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Revoke one of my passkeys from now on (needs a step-up); what it signed stays signed.' })
  @ApiResponse({ status: 200, standardSchema: Passkey })
  async revoke(
    @Param('passkey', { schema: UuidField }) id: string,
    @Body({ schema: RevokePasskey }) _body: object,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.act('gateway.revoke-passkey', { session, request, reply }, (tx, caller) =>
      revokePasskey(tx, id, caller),
    );
  }

  @Get('of/:person')
  @ApiOperation({ summary: 'Somebody’s passkeys; for administrators.' })
  @ApiResponse({ status: 200, standardSchema: PasskeysOf })
  async of(
    @Param('person', { schema: UuidField }) person: string,
    @CurrentSession() session: Session,
  ): Promise<z.infer<typeof PasskeysOf>> {
    administratorsOnly(session);
    const { relyingParty } = this.ports.environment;
    return { items: (await passkeysOf(this.ports.db, person)).map((one) => passkeyLine(one, relyingParty)) };
  }

  @Post('revocations')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke somebody else’s passkey with a reason (administrators; needs a step-up). Its owner is told.',
  })
  @ApiResponse({ status: 200, standardSchema: Passkey })
  async revokeOf(
    @Body({ schema: RevokePasskeyOf }) body: RevokePasskeyOf,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    administratorsOnly(session);
    await this.act('gateway.revoke-passkey-of', { session, request, reply }, (tx, caller) =>
      revokePasskeyOf(tx, body, caller),
    );
  }

  private async act(
    action: string,
    { reply, ...asked }: { readonly session: Session; readonly request: Asked; readonly reply: FastifyReply },
    change: (tx: Tx, caller: Caller) => Promise<StoredPasskey | Refusal>,
  ): Promise<void> {
    const { relyingParty } = this.ports.environment;
    const answer = ownCommand(this.ports, asked, action, async (tx, caller) => {
      const changed = await change(tx, caller);
      return isRefusal(changed) ? changed : passkeyLine(changed, relyingParty);
    });
    await sendAnswer(reply, answer);
  }
}
