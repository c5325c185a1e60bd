import { Controller, Get, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Alarm, Alarms } from '#contracts/http/gateway.api';
import { SERVICES } from '#contracts/services';
import { recentAlarms } from '#outbox/alarm';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { type InnerService, ServiceDoor } from './service-door.js';

const SHOWN = 200;
const ServiceAlarms = z.object({ items: z.array(Alarm.omit({ service: true })) });
type AlarmLine = z.infer<typeof Alarm>;

/** Alarms of all services, newest first, for administrators. */
@ApiTags('operation')
@Controller('api/v1/alarms')
export class AlarmsController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly door: ServiceDoor,
  ) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Alarms })
  async alarms(@CurrentSession() session: Session): Promise<z.infer<typeof Alarms>> {
    administratorsOnly(session);
    const inner = SERVICES.filter((service) => service !== 'gateway');
    const lists = await Promise.all([this.own(), ...inner.map((service) => this.of(service, session))]);
    const items = lists.flat().toSorted((a, b) => (a.at < b.at ? 1 : -1));
    return { items: items.slice(0, SHOWN) };
  }

  private async own(): Promise<AlarmLine[]> {
    const found = await recentAlarms(this.ports.db, SHOWN);
    return found.map(({ at, ...alarm }) => ({ ...alarm, at: at.toISOString(), service: 'gateway' }));
  }

  /** A service that is away must not hide the others' alarms; its absence is an entry of its own. */
  private async of(service: InnerService, session: Session): Promise<AlarmLine[]> {
    const request = { method: 'GET', path: '/internal/alarms', body: null, key: null } as const;
    const answer = await this.door.pass(service, session, request).catch((error: unknown) => {
      if (error instanceof RefusalError) return undefined;
      throw error;
    });
    if (answer?.status !== 200) return [serviceAway(service)];
    return ServiceAlarms.parse(JSON.parse(answer.body)).items.map((alarm) => ({ ...alarm, service }));
  }
}

const serviceAway = (service: InnerService): AlarmLine => ({
  service,
  id: '00000000-0000-4000-8000-000000000000',
  at: new Date().toISOString(),
  kind: 'service_unavailable',
  detail: {},
});
