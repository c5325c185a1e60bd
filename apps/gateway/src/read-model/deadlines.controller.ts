import { Controller, Get, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Deadlines } from '#contracts/http/gateway.api';
import { dayAt } from '#domain/work-day';
import { databaseNow } from '#persistence/sql';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { officeCalendar } from '../notices/office-calendar.js';
import { nextDeadline } from '../notices/statutory-reminders.js';
import { levelsOf } from './lists.queries.js';

/** The statutory dates that come next for the organs at which one holds office, in working days. */
@ApiTags('lists')
@Controller('api/v1/deadlines')
export class DeadlinesController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Deadlines })
  async list(@CurrentSession() { person }: Session): Promise<z.infer<typeof Deadlines>> {
    const { db } = this.ports;
    const today = dayAt(await databaseNow(db));
    const found = (await levelsOf(db, person)).map((level) => nextDeadline(level, officeCalendar(), today));
    const byDate = new Map(found.map((one) => [one.date, one]));
    return { items: [...byDate.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
  }
}
