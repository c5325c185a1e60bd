import { Body, Controller, Get, HttpCode, Inject, Param, Post, type RawBodyRequest, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { UuidField } from '#contracts/fields';
import {
  Proposal,
  ProposalOutcome,
  Proposals,
  ProposeChange,
  RejectProposal,
  SignProposal,
  WithdrawProposal,
} from '#contracts/http/directory.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { sendAnswer } from '#service-runtime/answer';
import type { Caller } from '#service-runtime/caller.guard';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';
import { administratorsOnly } from '../access/administrators-only.js';
import { ownCommand } from '../access/own-command.js';
import { CurrentSession } from '../access/session.guard.js';
import type { Session } from '../access/session.repository.js';
import { ownAdministrator } from './administrator-keys.js';
import { newestDirectory } from './agreed-directory.js';
import { type CloseProposalCommand, endProposal } from './close-proposal.use-case.js';
import { administratorIds, everybody } from './directory.repository.js';
import { type ProposalGround, proposalView } from './directory-view.js';
import type { Administrator } from './first-directory.js';
import { prepareOneTimePasswords } from './one-time-passwords.js';
import { tell } from '../notices/tell.js';
import { findProposal, listProposals } from './proposal.repository.js';
import { proposeChange } from './propose-change.use-case.js';
import { signProposal } from './sign-proposal.use-case.js';

type Asked = RawBodyRequest<FastifyRequest>;

/** Changes of the directory: one administrator proposes, the other agrees; each signs with his own key. */
@ApiTags('directory')
@ApiHeader({ name: 'idempotency-key', required: false, description: 'Required on every command: any unique text.' })
@Controller('api/v1/directory/proposals')
export class ProposalsController {
  constructor(@Inject(PORTS) private readonly ports: ServicePorts) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Proposals })
  async list(@CurrentSession() session: Session): Promise<z.infer<typeof Proposals>> {
    administratorsOnly(session);
    const ground = await this.ground();
    return { items: (await listProposals(this.ports.db)).map((proposal) => proposalView(proposal, ground)) };
  }

  @Get(':proposal')
  @ApiResponse({ status: 200, standardSchema: Proposal })
  async read(
    @Param('proposal', { schema: UuidField }) id: string,
    @CurrentSession() session: Session,
  ): Promise<z.infer<typeof Proposal>> {
    administratorsOnly(session);
    const proposal = await findProposal(this.ports.db, id);
    if (proposal === undefined) throw new RefusalError('not_found');
    return proposalView(proposal, await this.ground());
  }

  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async propose(
    @Body({ schema: ProposeChange }) change: z.infer<typeof ProposeChange>,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const by = await ownAdministrator(session, this.ports);
    await this.answer({ session, request, reply }, 'gateway.propose-change', (tx) =>
      proposeChange(tx, change, by, this.ports),
    );
  }

  @Post(':proposal/signatures')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async sign(
    @Param('proposal', { schema: UuidField }) id: string,
    @Body({ schema: SignProposal }) { content }: z.infer<typeof SignProposal>,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const by = await ownAdministrator(session, this.ports);
    const passwords = await this.passwordsFor(id, by);
    await this.answer({ session, request, reply }, 'gateway.sign-change', (tx, { correlationId }) =>
      signProposal(tx, { proposal: id, content, correlationId }, by, this.ports, passwords),
    );
  }

  @Post(':proposal/rejection')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async reject(
    @Param('proposal', { schema: UuidField }) id: string,
    @Body({ schema: RejectProposal }) { reason }: z.infer<typeof RejectProposal>,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.end({ session, request, reply }, id, { type: 'reject', reason });
  }

  @Post(':proposal/withdrawal')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ProposalOutcome })
  async withdraw(
    @Param('proposal', { schema: UuidField }) id: string,
    @Body({ schema: WithdrawProposal }) _body: object,
    @CurrentSession() session: Session,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.end({ session, request, reply }, id, { type: 'withdraw' });
  }

  private async end(to: To, proposal: string, act: CloseProposalCommand['act']): Promise<void> {
    administratorsOnly(to.session);
    await this.answer(to, `gateway.${act.type}-change`, (tx, { person }) =>
      endProposal(tx, { proposal, person, act }, this.ports),
    );
  }

  private async answer(
    { session, request, reply }: To,
    action: string,
    act: (tx: Tx, caller: Caller) => Promise<object | Refusal>,
  ): Promise<void> {
    const told = async (tx: Tx, caller: Caller): Promise<object | Refusal> => {
      const outcome = await act(tx, caller);
      if (!isRefusal(outcome)) tell(tx, 'directory');
      return outcome;
    };
    await sendAnswer(reply, ownCommand(this.ports, { session, request }, action, told));
  }

  /** Hashed before the transaction; used only when this signature publishes the proposal. */
  private async passwordsFor(id: string, { person }: Administrator): ReturnType<typeof prepareOneTimePasswords> {
    const proposal = await findProposal(this.ports.db, id);
    const other = (await administratorIds(this.ports.db)).find((one) => one !== person) ?? person;
    return prepareOneTimePasswords(proposal?.state === 'open' ? proposal.beside.newPasswords : [], {
      first: person,
      second: other,
    });
  }

  private async ground(): Promise<ProposalGround> {
    const { db, crypto } = this.ports;
    const newest = await newestDirectory(db, this.ports);
    if (newest === undefined) throw new RefusalError('not_set_up');
    const names = new Map((await everybody(db)).map(({ id, name }) => [id, name]));
    return {
      newest: newest.document,
      administrators: await administratorIds(db),
      nameOf: (person) => names.get(person) ?? person,
      crypto,
    };
  }
}

interface To {
  readonly session: Session;
  readonly request: Asked;
  readonly reply: FastifyReply;
}
