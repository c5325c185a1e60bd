import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  AddSigner,
  BesideOutcome,
  CaseDifference,
  CaseEdition,
  CaseViewed,
  Consult,
  Consulted,
  CopyCase,
  EndCase,
  GiveOpinion,
  HandOverSeat,
  LegCaseDetail,
  LegCaseOutcome,
  PostponeRelease,
  RemoveSigner,
  ReturnCase,
  SignSeat,
  TakeBack,
  UrgeSeat,
  ViewCase,
} from '#contracts/http/leg.api';
import { type Leg, UuidField } from '#contracts/fields';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { passCommand, type PassContext, passRead } from './pass-on.js';
import { ServiceDoor } from './service-door.js';

type Sent = FastifyRequest['headers'];

/** What people may do in either leg: the last part of the path, what is sent, what is answered. */
const ACTS = [
  ['views', ViewCase, CaseViewed],
  ['signatures', SignSeat, LegCaseOutcome],
  ['returns', ReturnCase, LegCaseOutcome],
  ['take-backs', TakeBack, LegCaseOutcome],
  ['hand-overs', HandOverSeat, LegCaseOutcome],
  ['added-signers', AddSigner, LegCaseOutcome],
  ['removed-signers', RemoveSigner, LegCaseOutcome],
  ['withdrawal', EndCase, LegCaseOutcome],
  ['cancellation', EndCase, LegCaseOutcome],
  ['urges', UrgeSeat, BesideOutcome],
  ['copies', CopyCase, BesideOutcome],
  ['consultations', Consult, Consulted],
  ['opinions', GiveOpinion, BesideOutcome],
] as const;

/** What they may do in the approval leg besides, until the release. */
const APPROVAL_ACTS = [
  ['recall', EndCase, LegCaseOutcome],
  ['postponement', PostponeRelease, LegCaseOutcome],
] as const;

/** The public door of one leg: the leg's service decides, this only passes on. One definition, so that both legs have the same acts. */
function legController(leg: Leg): Type {
  @ApiTags(`${leg} leg`)
  @ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
  @Controller(`api/v1/${leg}-cases`)
  class LegController {
    constructor(private readonly door: ServiceDoor) {}

    @Get(':case')
    @ApiResponse({ status: 200, standardSchema: LegCaseDetail })
    async read(
      @Param('case', { schema: UuidField }) caseId: string,
      @CurrentSession() session: Session,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      await passRead(contextOf(this.door, leg, session, reply), pathOf(leg, caseId));
    }

    @Get(':case/difference')
    @ApiResponse({ status: 200, standardSchema: CaseDifference })
    async difference(
      @Param('case', { schema: UuidField }) caseId: string,
      @CurrentSession() session: Session,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      await passRead(contextOf(this.door, leg, session, reply), pathOf(leg, caseId, 'difference'));
    }

    @Get(':case/edition')
    @ApiResponse({ status: 200, standardSchema: CaseEdition })
    async edition(
      @Param('case', { schema: UuidField }) caseId: string,
      @CurrentSession() session: Session,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      await passRead(contextOf(this.door, leg, session, reply), pathOf(leg, caseId, 'edition'));
    }
  }
  for (const [name, sent, answered] of leg === 'approval' ? [...ACTS, ...APPROVAL_ACTS] : ACTS)
    addAct(LegController, leg, name, sent, answered);
  return LegController;
}

/** Gives the controller the route of one act, with the schema that validates what is sent and the one that describes what is answered. */
function addAct(controller: Type, leg: Leg, name: string, sent: z.ZodType, answered: z.ZodType): void {
  const prototype = controller.prototype as Record<string, unknown>;
  const method = `act:${name}`;
  prototype[method] = async function act(
    this: { readonly door: ServiceDoor },
    caseId: string,
    body: object,
    headers: Sent,
    session: Session,
    reply: FastifyReply,
  ): Promise<void> {
    await passCommand(contextOf(this.door, leg, session, reply), headers, pathOf(leg, caseId, name), body);
  };
  // What a route is sent is described by the name of its function; without it the description would leave the body out.
  Object.defineProperty(prototype[method], 'name', { value: method });
  const types = [String, Object, Object, Object, Object];
  Reflect.defineMetadata('design:paramtypes', types, prototype, method);
  const parameters = [Param('case', { schema: UuidField }), Body({ schema: sent }), Headers(), CurrentSession(), Res()];
  for (const [index, decorate] of parameters.entries()) decorate(prototype, method, index);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
  for (const decorate of [Post(`:case/${name}`), HttpCode(200), ApiResponse({ status: 200, standardSchema: answered })])
    decorate(prototype, method, descriptor);
}

function contextOf(door: ServiceDoor, service: Leg, session: Session, reply: FastifyReply): PassContext {
  return { door, service, session, reply };
}

function pathOf(leg: Leg, caseId: string, ...rest: string[]): string {
  return [`/${leg}-cases`, caseId.toLowerCase(), ...rest].join('/');
}

export const ReviewController = legController('review');
export const ApprovalController = legController('approval');
