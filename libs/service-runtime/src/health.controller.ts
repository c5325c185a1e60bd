import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { recentAlarms } from '#outbox/alarm';
import { PORTS, type ServicePorts } from './ports.js';
import { Public } from './public.decorator.js';
import { type Readiness, READINESS } from './readiness.js';

const MOST_ALARMS = 200;

/** Liveness, readiness, and the alarms the gateway shows to administrators. */
@Controller()
export class HealthController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    @Inject(READINESS) private readonly readiness: Readiness,
  ) {}

  @Public()
  @Get('livez')
  alive(): { status: string } {
    return { status: 'alive' };
  }

  @Public()
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.readiness.report();
    await reply.status(report.ready ? 200 : 503).send(report);
  }

  @Get('internal/alarms')
  async alarms(): Promise<{ items: object[] }> {
    const { db, service } = this.ports;
    const items = await recentAlarms(db, MOST_ALARMS);
    return { items: items.map(({ at, ...alarm }) => ({ service, at: at.toISOString(), ...alarm })) };
  }
}
