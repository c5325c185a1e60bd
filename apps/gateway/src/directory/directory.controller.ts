import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OrganCode } from '#contracts/fields';
import { DirectoryVersions, DirectoryView, PasswordHalves, RouteViews } from '#contracts/http/directory.api';
import { CASE_KINDS } from '#domain/case-kind';
import { instant } from '#domain/instant';
import { routesFor } from '#evidence/route-law';
import { databaseNow } from '#persistence/sql';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import { isFresh } from '../access/own-command.js';
import { halvesOf } from '../access/first-password.repository.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { seesOrgan } from '../read-model/lists.queries.js';
import { type AgreedDirectory, newestDirectory } from './agreed-directory.js';
import { allVersions, everybody } from './directory.repository.js';
import { directoryView, routeView } from './directory-view.js';

const RouteQuery = z.strictObject({ kind: z.enum(CASE_KINDS).optional() });

/** The directory as it is: whole for administrators, an organ's routes for whoever may see its reports. */
@ApiTags('directory')
@Controller('api/v1')
export class DirectoryController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get('directory')
  @ApiResponse({ status: 200, standardSchema: DirectoryView })
  async directory(@CurrentSession() session: Session): Promise<z.infer<typeof DirectoryView>> {
    administratorsOnly(session);
    return directoryView(await this.newest(), await everybody(this.ports.db));
  }

  @Get('directory/versions')
  @ApiResponse({ status: 200, standardSchema: DirectoryVersions })
  async versions(@CurrentSession() session: Session): Promise<unknown> {
    administratorsOnly(session);
    const items = await allVersions(this.ports.db);
    return { items: items.map(({ at, ...version }) => ({ ...version, at: instant(at) })) };
  }

  /** The halves of one-time passwords this administrator hands over; the other administrator has the other halves. Refuses step_up_required. */
  @Get('directory/password-halves')
  @ApiResponse({ status: 200, standardSchema: PasswordHalves })
  async passwordHalves(@CurrentSession() session: Session): Promise<unknown> {
    administratorsOnly(session);
    if (!isFresh(session.stepUpAt, await databaseNow(this.ports.db))) throw new RefusalError('step_up_required');
    return { items: await halvesOf(this.ports.db, session.person) };
  }

  @Get('organs/:organ/routes')
  @ApiResponse({ status: 200, standardSchema: RouteViews })
  async routes(
    @CurrentSession() session: Session,
    @Param('organ', { schema: OrganCode }) organ: string,
    @Query({ schema: RouteQuery }) { kind }: z.infer<typeof RouteQuery>,
  ): Promise<z.infer<typeof RouteViews>> {
    if (!session.administrator && !(await seesOrgan(this.ports.db, session.person, organ)))
      throw new RefusalError('not_found');
    const { document, routes } = await this.newest();
    const at = await databaseNow(this.ports.db);
    const listed = CASE_KINDS.filter((one) => kind === undefined || one === kind).flatMap((one) =>
      routesFor(document, organ, one, at),
    );
    return {
      items: listed.flatMap((one) => {
        const route = routes.get(one.digest);
        return route === undefined ? [] : [routeView(one, route)];
      }),
    };
  }

  private async newest(): Promise<AgreedDirectory> {
    const newest = await newestDirectory(this.ports.db, this.ports);
    if (newest === undefined) throw new RefusalError('not_set_up');
    return newest;
  }
}
