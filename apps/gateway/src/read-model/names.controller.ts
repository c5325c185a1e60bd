import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Names, NamesQuery } from '#contracts/http/gateway.api';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { holdersOf, namesOfOrgans, namesOfPeople } from './names.queries.js';

/**
 * The names behind the ids that cases carry: only the gateway keeps them. For whoever is signed in; ids of people are known
 * only to those who may see a case, and who holds an office is known in the house.
 */
@ApiTags('lists')
@Controller('api/v1/names')
export class NamesController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Names })
  async names(@Query({ schema: NamesQuery }) query: z.infer<typeof NamesQuery>): Promise<unknown> {
    const { db } = this.ports;
    const { people = [], organs = [], offices = [] } = query;
    return {
      people: await namesOfPeople(db, people),
      organs: await namesOfOrgans(db, organs),
      offices: await holdersOf(db, [...new Set(offices)]),
    };
  }
}
