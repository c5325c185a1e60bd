import { randomBytes, randomUUID } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import { plusSeconds } from '#domain/instant';
import { ACCEPTED } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import { denyUnseen } from '../act-on-leg.js';
import { takesPart, whyNotAnswer, whyNotUrge } from '../beside-the-case.js';
import {
  answerConsultation,
  type Consultation,
  insertConsultation,
  insertCopy,
  insertUrge,
  lastUrged,
  lockConsultation,
} from '../beside-the-case.repository.js';
import type { Directory } from '../directory.js';
import { type EnteredLeg, enterLeg } from '../enter-leg.js';
import { announceNotice, openStageId, type Notice } from '../leg-announcement.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import { latestDirectory } from '../directory-copy.repository.js';
import { enterInLedger } from '../settle-leg.js';

const DAY_SECONDS = 86_400;
/** Bytes of a link's secret; only its SHA-256 is kept. */
const LINK_BYTES = 32;

interface Done {
  readonly case: string;
  readonly at: string;
}

/** 催办: asks whoever may take a seat to act. It changes nothing in the case. Refusals: as `whyNotUrge`, not_found. */
export async function urgeSeat(
  tx: Tx,
  { case: caseId, seat }: { readonly case: string; readonly seat: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<Done | Refusal> {
  return beside(tx, { case: caseId, action: 'urge' }, by, ports, async ({ leg }) => {
    const { legCase, at } = leg;
    const refusal = whyNotUrge(legCase, { actor: by.person, seat, last: await lastUrged(tx, seat), at });
    if (refusal !== null) return refusal;
    await insertUrge(tx, { id: randomUUID(), case: caseId, seat, by: by.person, at });
    const open = legCase.seats.find(({ id }) => id === seat);
    return { notice: { kind: 'urged', seat, stage: open?.stage ?? null, person: open?.person ?? null } };
  });
}

/** 抄送: lets a person read the case. Refusals: not_taking_part, target_not_allowed (unknown or gone), not_found. */
export async function copyCase(
  tx: Tx,
  { case: caseId, person }: { readonly case: string; readonly person: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<Done | Refusal> {
  return beside(tx, { case: caseId, action: 'copy' }, by, ports, async ({ leg, context }) => {
    if (!takesPart(leg.legCase, by.person, context.offices, leg.at)) return refuse('not_taking_part');
    if (!(await isActive(tx, person))) return refuse('target_not_allowed');
    const kept = await insertCopy(tx, caseId, { person, by: by.person, at: leg.at });
    return kept ? { notice: { kind: 'copied', seat: null, stage: null, person } } : {};
  });
}

/** What asking for an opinion answers; `link` is the secret of an outsider's link, said once and never kept. */
interface Asked extends Done {
  readonly consultation: string;
  readonly link: string | null;
}

/**
 * 征求意见: asks a person, or (`person` null) whoever is given the link, for an opinion on what stands under sign-off. An
 * opinion is never a signature. Refusals: not_taking_part, not_in_review, target_not_allowed, not_found.
 */
export async function consult(
  tx: Tx,
  {
    case: caseId,
    person,
    question,
    days,
  }: { readonly case: string; readonly person: string | null; readonly question: string; readonly days: number },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<Asked | Refusal> {
  const consultation = randomUUID();
  const link = person === null ? randomBytes(LINK_BYTES).toString('base64url') : null;
  const done = await beside(tx, { case: caseId, action: 'consult' }, by, ports, async ({ leg, context }) => {
    const { legCase, at } = leg;
    const stage = openStageId(legCase);
    if (stage === null) return refuse('not_in_review', { state: legCase.state });
    if (!takesPart(legCase, by.person, context.offices, at)) return refuse('not_taking_part');
    if (person !== null && !(await isActive(tx, person))) return refuse('target_not_allowed');
    const { round, content } = legCase.round;
    const token = link === null ? null : ports.crypto.sha256(Buffer.from(link, 'utf8'));
    const expiresAt = plusSeconds(at, days * DAY_SECONDS);
    const asked = { id: consultation, case: caseId, round, stage, content, askedBy: by.person, person, token };
    await insertConsultation(tx, { ...asked, question, askedAt: at, expiresAt });
    return person === null ? {} : { notice: { kind: 'consulted', seat: null, stage, person } };
  });
  return isRefusal(done) ? done : { ...done, consultation, link };
}

/** Gives the opinion one was asked for. Refusals: not_found (also to whoever was not asked), consultation_closed. */
export async function giveOpinion(
  tx: Tx,
  {
    case: caseId,
    consultation,
    opinion,
  }: { readonly case: string; readonly consultation: string; readonly opinion: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<Done | Refusal> {
  return beside(tx, { case: caseId, action: 'give-opinion' }, by, ports, async (entered) => {
    const asked = await lockConsultation(tx, { id: consultation });
    if (asked === undefined || asked.case !== caseId || asked.person !== by.person) return refuse('not_found');
    return answer(tx, entered, asked, { opinion, name: null });
  });
}

/** As giveOpinion, for an outsider who holds the link; `name` is what he calls himself, and proves nothing. */
export async function giveOpinionByLink(
  tx: Tx,
  { link, opinion, name }: { readonly link: string; readonly opinion: string; readonly name: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<Done | Refusal> {
  const asked = await lockConsultation(tx, { token: ports.crypto.sha256(Buffer.from(link, 'utf8')) });
  if (asked === undefined) return refuse('not_found');
  // Nobody proved who holds the link: he sees what the one who asked sees, and the ledger names no person.
  const asker = { ...by, person: asked.askedBy };
  const act = { case: asked.case, action: 'give-opinion-by-link', actor: `service:${ports.service}` };
  return beside(tx, act, asker, ports, (entered) => answer(tx, entered, asked, { opinion, name }));
}

async function answer(
  tx: Tx,
  { leg }: EnteredLeg,
  asked: Consultation,
  { opinion, name }: { readonly opinion: string; readonly name: string | null },
): Promise<Besides | Refusal> {
  const refusal = whyNotAnswer(asked, leg.at);
  if (refusal !== null) return refusal;
  await answerConsultation(tx, asked.id, { opinion, name, at: leg.at });
  return { notice: { kind: 'answered', seat: null, stage: asked.stage, person: asked.askedBy } };
}

/** What an act beside the case leaves to be told. */
interface Besides {
  readonly notice?: Omit<Notice, 'by'>;
}

/** The way of every act that leaves the case itself as it is: see, do, tell, and enter it in the ledger, accepted or refused. */
async function beside(
  tx: Tx,
  { case: caseId, action, actor }: { readonly case: string; readonly action: string; readonly actor?: string },
  by: ProvenPerson,
  ports: LegPorts,
  act: (entered: EnteredLeg) => Promise<Besides | Refusal>,
): Promise<Done | Refusal> {
  const entered = await enterLeg(tx, caseId, { person: by.person, onBehalfOf: null }, ports);
  if (isRefusal(entered)) {
    await denyUnseen(tx, { case: caseId, action }, by, ports, entered.refused);
    return entered;
  }
  const { leg } = entered;
  const done = await act(entered);
  const outcome = isRefusal(done) ? done.refused : ACCEPTED;
  const cause = { action, actor: actor ?? by.person, onBehalfOf: null, requestId: by.correlationId };
  await enterInLedger(tx, leg, ports, { ...cause, outcome, events: [] });
  if (isRefusal(done)) return done;
  const told = { by: actor === undefined ? by.person : null };
  if (done.notice !== undefined) await announceNotice(tx, leg, { ...done.notice, ...told }, by.correlationId);
  return { case: caseId, at: leg.at };
}

async function isActive(tx: Tx, person: string): Promise<boolean> {
  const directory: Directory | undefined = await latestDirectory(tx);
  return directory?.document.persons.some(({ id, active }) => id === person && active) === true;
}
