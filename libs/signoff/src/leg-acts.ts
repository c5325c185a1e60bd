import type { z } from 'zod';
import {
  AddSigner,
  Consult,
  CopyCase,
  EndCase,
  GiveOpinion,
  HandOverSeat,
  PostponeRelease,
  RemoveSigner,
  ReturnCase,
  SignSeat,
  TakeBack,
  UrgeSeat,
  ViewCase,
} from '#contracts/http/leg.api';
import type { Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { legOutcome } from './leg-outcome.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from './leg-ports.js';
import type { StoredLeg } from './stored-leg.js';
import { consult, copyCase, giveOpinion, urgeSeat } from './use-cases/beside-the-case.use-case.js';
import { addSigner, handOverSeat, removeSigner } from './use-cases/change-seats.use-case.js';
import { endCase } from './use-cases/end-case.use-case.js';
import { lookAtCase } from './use-cases/look-at-case.use-case.js';
import { postponeRelease } from './use-cases/postpone-release.use-case.js';
import { returnCase } from './use-cases/return-case.use-case.js';
import { signSeat } from './use-cases/sign-seat.use-case.js';
import { takeBack } from './use-cases/take-back.use-case.js';

/** Who acts, on what, with what a service lends. `complete` makes what the leg hands on when this is the last signature. */
export interface ActContext {
  readonly case: string;
  readonly by: ProvenPerson;
  readonly ports: LegPorts;
  readonly complete: CompleteLeg;
}

/** One thing a person may do with a case: the shape of the request, and the use case behind it. */
export interface LegAct {
  readonly schema: z.ZodType;
  /** `body` as the schema parsed it. */
  run(tx: Tx, body: unknown, context: ActContext): Promise<object | Refusal>;
}

function act<S extends z.ZodObject>(
  schema: S,
  run: (tx: Tx, body: z.infer<S> & { readonly case: string }, context: ActContext) => Promise<object | Refusal>,
): LegAct {
  return {
    schema,
    run: (tx, body, context) => run(tx, { ...(body as z.infer<S>), case: context.case }, context),
  };
}

/** An act that changes the case answers where the case stands then. */
function change<S extends z.ZodObject>(
  schema: S,
  run: (tx: Tx, body: z.infer<S> & { readonly case: string }, context: ActContext) => Promise<StoredLeg | Refusal>,
): LegAct {
  return act(schema, async (tx, body, context) => legOutcome(await run(tx, body, context)));
}

/** What people may do in either leg, by the last part of the path. */
export const legActs: Readonly<Record<string, LegAct>> = {
  views: act(ViewCase, (tx, body, { by, ports }) => lookAtCase(tx, body, by, ports)),
  signatures: change(SignSeat, (tx, body, { by, ports, complete }) => signSeat(tx, body, by, ports, complete)),
  returns: change(ReturnCase, (tx, body, { by, ports }) => returnCase(tx, body, by, ports)),
  'take-backs': change(TakeBack, (tx, body, { by, ports }) => takeBack(tx, body, by, ports)),
  'hand-overs': change(HandOverSeat, (tx, body, { by, ports }) => handOverSeat(tx, body, by, ports)),
  'added-signers': change(AddSigner, (tx, body, { by, ports }) => addSigner(tx, body, by, ports)),
  'removed-signers': change(RemoveSigner, (tx, body, { by, ports, complete }) =>
    removeSigner(tx, body, by, ports, complete),
  ),
  withdrawal: change(EndCase, (tx, body, { by, ports }) => endCase(tx, { ...body, type: 'withdraw' }, by, ports)),
  cancellation: change(EndCase, (tx, body, { by, ports }) => endCase(tx, { ...body, type: 'cancel' }, by, ports)),
  urges: act(UrgeSeat, (tx, body, { by, ports }) => urgeSeat(tx, body, by, ports)),
  copies: act(CopyCase, (tx, body, { by, ports }) => copyCase(tx, body, by, ports)),
  consultations: act(Consult, (tx, body, { by, ports }) => consult(tx, body, by, ports)),
  opinions: act(GiveOpinion, (tx, body, { by, ports }) => giveOpinion(tx, body, by, ports)),
};

/** What they may do once everybody has signed, until the release. */
export const approvalActs: Readonly<Record<string, LegAct>> = {
  ...legActs,
  recall: change(EndCase, (tx, body, { by, ports }) => endCase(tx, { ...body, type: 'recall' }, by, ports)),
  postponement: change(PostponeRelease, (tx, body, { by, ports }) => postponeRelease(tx, body, by, ports)),
};
