import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  type RawBodyRequest,
  Req,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OrganCode, UuidField } from '#contracts/fields';
import { Colleagues, Deputies, Deputy, GrantDeputy, MyDeputies, RevokeDeputy } from '#contracts/http/deputies.api';
import { isRefusal } from '#domain/decision';
import { databaseNow } from '#persistence/sql';
import { sendAnswer } from '#service-runtime/answer';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { administratorsOnly } from '../access/administrators-only.js';
import { ownCommand } from '../access/own-command.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { colleagues, listDeputies } from './deputy.repository.js';
import { deputyLine } from './deputy-line.js';
import { grantDeputy } from './grant-deputy.use-case.js';
import { revokeDeputy } from './revoke-deputy.use-case.js';

type Asked = RawBodyRequest<FastifyRequest>;
const ColleagueQuery = z.strictObject({ organ: OrganCode });

/** 代理: a person has another act for him in one office for a time. */
@ApiTags('directory')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1')
export class DeputiesController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  /** What I granted and what I received, with what is over. */
  @Get('deputies')
  @ApiResponse({ status: 200, standardSchema: MyDeputies })
  async mine(@CurrentSession() { person }: Session): Promise<z.infer<typeof MyDeputies>> {
    const { db } = this.ports;
    const at = await databaseNow(db);
    const given = await listDeputies(db, { principal: person });
    const received = await listDeputies(db, { agent: person });
    return { given: given.map((one) => deputyLine(one, at)), received: received.map((one) => deputyLine(one, at)) };
  }

  /** Whom I may ask to act for me at an organ where I am in office. */
  @Get('deputies/colleagues')
  @ApiResponse({ status: 200, standardSchema: Colleagues })
  async colleagues(
    @CurrentSession() { person }: Session,
    @Query({ schema: ColleagueQuery }) { organ }: z.infer<typeof ColleagueQuery>,
  ): Promise<unknown> {
    return { items: await colleagues(this.ports.db, person, organ) };
  }

  @Get('directory/deputies')
  @ApiResponse({ status: 200, standardSchema: Deputies })
  async standing(@CurrentSession() session: Session): Promise<z.infer<typeof Deputies>> {
    administratorsOnly(session);
    const at = await databaseNow(this.ports.db);
    return { items: (await listDeputies(this.ports.db, 'standing')).map((one) => deputyLine(one, at)) };
  }

  @Post('deputies')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Deputy })
  async grant(
    @Body({ schema: GrantDeputy }) wish: GrantDeputy,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = ownCommand(this.ports, { session, request }, 'gateway.grant-deputy', async (tx, caller) => {
      const granted = await grantDeputy(tx, wish, caller, this.ports);
      if (isRefusal(granted)) return granted;
      const [line] = (await listDeputies(tx, { principal: granted.principal })).filter(({ id }) => id === granted.id);
      return deputyLine(line!, granted.at);
    });
    await sendAnswer(reply, answer);
  }

  @Post('deputies/:deputy/revocation')
  @HttpCode(200)
  async revoke(
    @Param('deputy', { schema: UuidField }) deputy: string,
    @Body({ schema: RevokeDeputy }) _body: object,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { person } = session;
    const answer = ownCommand(this.ports, { session, request }, 'gateway.revoke-deputy', (tx) =>
      revokeDeputy(tx, { deputy, person }),
    );
    await sendAnswer(reply, answer);
  }
}
