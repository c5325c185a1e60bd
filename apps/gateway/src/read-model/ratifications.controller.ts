import { Controller, Get, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Ratifications } from '#contracts/http/gateway.api';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { countRatifications, visibleRatifications } from './ratification.queries.js';

/** Emergencies that wait for their ratification: counted for everybody, listed for those who may see the report. */
@ApiTags('lists')
@Controller('api/v1/ratifications')
export class RatificationsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Ratifications })
  async list(@CurrentSession() { person }: Session): Promise<unknown> {
    const { db } = this.ports;
    return { ...(await countRatifications(db)), items: await visibleRatifications(db, person) };
  }
}
