import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { UuidField } from '#contracts/fields';
import { OthersPresent, ShowPresence } from '#contracts/http/presence.api';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { ServiceDoor } from '../proxy/service-door.js';
import { ChangeFeed } from '../read-model/change-feed.js';
import { namesOfPeople } from '../read-model/names.queries.js';

/** Who has a report open for writing. Nothing of it is kept. */
@ApiTags('reports')
@Controller('api/v1/reports/:document/presence')
export class PresenceController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly door: ServiceDoor,
    private readonly feed: ChangeFeed,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Says at which chapter one is (null: one leaves), and answers who else is there. Drafters of the organ only.',
  })
  @ApiResponse({ status: 200, standardSchema: OthersPresent })
  async show(
    @Param('document', { schema: UuidField }) document: string,
    @Body({ schema: ShowPresence }) { chapter }: z.infer<typeof ShowPresence>,
    @CurrentSession() session: Session,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = document.toLowerCase();
    // Drafting knows who may write the report, and is asked each time: whoever may not is told what it says, and nothing is noted.
    const path = `/reports/${id}/writer`;
    const asked = await this.door.pass('drafting', session, { method: 'GET', path, body: null, key: null });
    if (asked.status !== 200) {
      await reply.status(asked.status).header('content-type', asked.contentType).send(asked.body);
      return;
    }
    const others = await this.feed.present({ document: id, person: session.person, chapter });
    const names = new Map(
      (
        await namesOfPeople(
          this.ports.db,
          others.map(({ person }) => person),
        )
      ).map(({ person, name }) => [person, name]),
    );
    const shown = others.flatMap((one) => {
      const name = names.get(one.person);
      return name === undefined ? [] : [{ ...one, name }];
    });
    await reply.send({ others: shown } satisfies z.infer<typeof OthersPresent>);
  }
}
