import { Body, Controller, Get, HttpCode, Inject, Param, Post, type RawBodyRequest, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fillTemplate } from '#contracts/fill-route-template';
import { ProposalOutcome } from '#contracts/http/directory.api';
import {
  ProposeFromTemplate,
  RouteTemplateDetail,
  RouteTemplates,
  TemplateName,
} from '#contracts/http/route-templates.api';
import { isRefusal } from '#domain/decision';
import { sendAnswer } from '#service-runtime/answer';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import { ownCommand } from '../access/own-command.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { tell } from '../notices/tell.js';
import { ownAdministrator } from './administrator-keys.js';
import { proposeChange } from './propose-change.use-case.js';
import { findTemplate, type NamedTemplate, readTemplates } from './route-templates.js';

/** Templates of routes to start from, and a proposal made of one: what `sunward directory template` does with a file. */
@ApiTags('directory')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/route-templates')
export class RouteTemplatesController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: RouteTemplates })
  async list(@CurrentSession() session: Session): Promise<z.infer<typeof RouteTemplates>> {
    administratorsOnly(session);
    const templates = await readTemplates(this.ports.environment.routeTemplates);
    return {
      items: templates.map(({ template, title, organs, people, routes }) => ({
        template,
        title,
        kinds: routes.map(({ kind }) => kind),
        placeholders: Object.keys(organs).length + Object.keys(people).length,
      })),
    };
  }

  @Get(':template')
  @ApiResponse({ status: 200, standardSchema: RouteTemplateDetail })
  async read(
    @Param('template', { schema: TemplateName }) name: string,
    @CurrentSession() session: Session,
  ): Promise<NamedTemplate> {
    administratorsOnly(session);
    return this.named(name);
  }

  @Post(':template/proposals')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async propose(
    @Param('template', { schema: TemplateName }) name: string,
    @Body({ schema: ProposeFromTemplate }) { values, appliesTo, effectiveAt }: z.infer<typeof ProposeFromTemplate>,
    @CurrentSession() session: Session,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const by = await ownAdministrator(session, this.ports);
    const template = await this.named(name);
    const answer = ownCommand(this.ports, { session, request }, 'gateway.propose-change', async (tx) => {
      const change = fillTemplate(template, { values: new Map(Object.entries(values)), appliesTo });
      if (isRefusal(change)) return change;
      const outcome = await proposeChange(tx, { ...change, ...(effectiveAt && { effectiveAt }) }, by, this.ports);
      if (!isRefusal(outcome)) tell(tx, 'directory');
      return outcome;
    });
    await sendAnswer(reply, answer);
  }

  private async named(name: string): Promise<NamedTemplate> {
    const found = await findTemplate(this.ports.environment.routeTemplates, name);
    if (found === undefined) throw new RefusalError('not_found');
    return found;
  }
}
