import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { InstantField, OrganCode, ReportYear, UuidField } from '#contracts/fields';
import { CaseLine, Inbox, ReportLines } from '#contracts/http/gateway.api';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { stageNames } from '../notices/stage-names.queries.js';
import { countRatifications } from './ratification.queries.js';
import { inboxOf, visibleCase, visibleReports } from './lists.queries.js';

/** Where a page of reports begins: after the line with this time and document. */
const Cursor = z.string().regex(/^[^_]{24}_[^_]{36}$/, 'not a cursor this list gave out');

const ReportQuery = z.strictObject({
  organ: OrganCode.optional(),
  year: z.coerce.number().pipe(ReportYear).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
  cursor: Cursor.optional(),
});

/** Lists from the read model: what waits for me, and how reports and cases stand. */
@ApiTags('lists')
@Controller('api/v1')
export class ListsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get('inbox')
  @ApiResponse({ status: 200, standardSchema: Inbox })
  async inbox(@CurrentSession() { person }: Session): Promise<unknown> {
    const { db } = this.ports;
    const named = await this.withStageNames(await inboxOf(db, person));
    return { items: named, ratifications: await countRatifications(db) };
  }

  @Get('reports')
  @ApiResponse({ status: 200, standardSchema: ReportLines })
  async reports(
    @CurrentSession() { person }: Session,
    @Query({ schema: ReportQuery }) query: z.infer<typeof ReportQuery>,
  ): Promise<unknown> {
    const found = await visibleReports(this.ports.db, person, {
      organ: query.organ ?? null,
      year: query.year ?? null,
      limit: query.limit + 1,
      after: query.cursor === undefined ? null : readCursor(query.cursor),
    });
    const named = await this.withStageNames(found.slice(0, query.limit));
    const items = named.map((line) => ({ ...line, url: this.urlOf(line.path) }));
    const last = items.at(-1);
    return { items, next: last && found.length > query.limit ? `${last.updatedAt}_${last.document}` : null };
  }

  @Get('cases/:case')
  @ApiResponse({ status: 200, standardSchema: CaseLine })
  async case(
    @CurrentSession() { person }: Session,
    @Param('case', { schema: UuidField }) caseId: string,
  ): Promise<unknown> {
    const line = await visibleCase(this.ports.db, person, caseId);
    if (!line) throw new RefusalError('not_found');
    const [named] = await this.withStageNames([line]);
    return { ...named, url: this.urlOf(line.path) };
  }

  private async withStageNames<L extends { organ: string; stage: string | null }>(
    lines: readonly L[],
  ): Promise<(L & { stageName: string | null })[]> {
    const nameOf = await stageNames(this.ports.db);
    return lines.map((line) => ({ ...line, stageName: line.stage === null ? null : nameOf(line.organ, line.stage) }));
  }

  private urlOf(path: string | null): string | null {
    return path && new URL(path, this.ports.environment.siteOrigin).href;
  }
}

function readCursor(cursor: string): { updatedAt: string; document: string } {
  const [updatedAt, document] = cursor.split('_');
  if (!InstantField.safeParse(updatedAt).success || !UuidField.safeParse(document).success)
    throw new RefusalError('malformed', { field: 'cursor' });
  return { updatedAt: updatedAt!, document: document! };
}
