import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { InstantField, UuidField } from '#contracts/fields';
import { NoticeCounts, NoticeLines, NoticeSettings, ReadAll } from '#contracts/http/notices.api';
import { databaseNow } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { lineOf } from './notice-line.js';
import {
  countNotices,
  keepSettings,
  markAllRead,
  markRead,
  type NoticePlace,
  noticesOf,
  readSettings,
} from './notices.queries.js';
import { officeCalendar } from './office-calendar.js';
import { stageNames } from './stage-names.queries.js';

const NoticeQuery = z.strictObject({
  unread: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
  cursor: z
    .string()
    .regex(/^[ru]_[^_]{24}_[^_]{36}$/, 'not a cursor this list gave out')
    .optional(),
});

type Counts = z.infer<typeof NoticeCounts>;

/** What the person asking was told: 轮到您, 退回给您, 快到期 … Each answers only for himself. */
@ApiTags('notices')
@Controller('api/v1/notices')
export class NoticesController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: NoticeLines })
  async list(
    @CurrentSession() { person }: Session,
    @Query({ schema: NoticeQuery }) query: z.infer<typeof NoticeQuery>,
  ): Promise<z.infer<typeof NoticeLines>> {
    const { db } = this.ports;
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const page = { unreadOnly: query.unread === 'true', limit: query.limit + 1, after };
    const found = await noticesOf(db, person, page);
    const clock = { now: await databaseNow(db), calendar: officeCalendar() };
    const nameOf = await stageNames(db);
    const items = found.slice(0, query.limit).map((notice) => lineOf(notice, nameOf, clock));
    const last = items.at(-1);
    const next = last && `${last.readAt === null ? 'u' : 'r'}_${last.deliveredAt}_${last.id}`;
    return { items, next: next !== undefined && found.length > query.limit ? next : null };
  }

  @Get('counts')
  @ApiResponse({ status: 200, standardSchema: NoticeCounts })
  async counts(@CurrentSession() { person }: Session): Promise<Counts> {
    return countNotices(this.ports.db, person);
  }

  @Get('settings')
  @ApiResponse({ status: 200, standardSchema: NoticeSettings })
  async settings(@CurrentSession() { person }: Session): Promise<NoticeSettings> {
    return readSettings(this.ports.db, person);
  }

  @Put('settings')
  @ApiResponse({ status: 200, standardSchema: NoticeSettings })
  async change(
    @CurrentSession() { person }: Session,
    @Body({ schema: NoticeSettings }) settings: NoticeSettings,
  ): Promise<NoticeSettings> {
    await runInTransaction(this.ports.db, (tx) => keepSettings(tx, person, settings));
    return settings;
  }

  @Post('read')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoticeCounts })
  async readAll(
    @CurrentSession() { person }: Session,
    @Body({ schema: ReadAll }) { until }: z.infer<typeof ReadAll>,
  ): Promise<Counts> {
    await markAllRead(this.ports.db, person, until);
    return countNotices(this.ports.db, person);
  }

  @Post(':notice/read')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: NoticeCounts })
  async read(
    @CurrentSession() { person }: Session,
    @Param('notice', { schema: UuidField }) notice: string,
  ): Promise<Counts> {
    if (!(await markRead(this.ports.db, person, notice))) throw new RefusalError('not_found');
    return countNotices(this.ports.db, person);
  }
}

function readCursor(cursor: string): NoticePlace {
  const [read, deliveredAt, id] = cursor.split('_');
  if (!InstantField.safeParse(deliveredAt).success || !UuidField.safeParse(id).success)
    throw new RefusalError('malformed', { field: 'cursor' });
  return { read: read === 'r', deliveredAt: deliveredAt!, id: id! };
}
