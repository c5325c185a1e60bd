import { Controller, Delete, Get, HttpCode, Inject, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { Sessions } from '#contracts/http/gateway.api';
import { refuse } from '#domain/decision';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { CurrentSession } from './session.guard.js';
import { recordedSession } from './session-entry.js';
import { endSessionOf, type Session, sessionsOf } from './session.repository.js';

/** Where one is signed in. Each sees and ends only his own. */
@ApiTags('session')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Sessions })
  async list(@CurrentSession() { id, person }: Session): Promise<z.infer<typeof Sessions>> {
    const open = await sessionsOf(this.ports.db, person);
    return { items: open.map((one) => ({ ...one, isOwn: one.session === id })) };
  }

  /** Ends one of one's own sessions. Refuses not_found, also for somebody else's. */
  @Delete(':session')
  @HttpCode(204)
  async end(
    @CurrentSession() { person }: Session,
    @Param('session', { schema: UuidField }) session: string,
  ): Promise<void> {
    const asked = { action: 'gateway.end-session', person } as const;
    await recordedSession(this.ports, asked, person, async (tx) =>
      (await endSessionOf(tx, person, session)) ? session : refuse('not_found'),
    );
  }
}
