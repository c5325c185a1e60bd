import type { z } from 'zod';
import { CaseViewed, LegCaseDetail, LegCaseOutcome } from '#contracts/http/leg.api';
import { CaseLine } from '#contracts/http/gateway.api';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { ApiClient } from './api-client.js';
import { CommandFailure, EXIT } from './exit-code.js';

export type LegDetail = z.infer<typeof LegCaseDetail>;
export type Signable = LegDetail['signable'][number];
export type LegOutcome = z.infer<typeof LegCaseOutcome>;

export const pathOf = (detail: Pick<LegDetail, 'leg' | 'case'>): string => `/${detail.leg}-cases/${detail.case}`;

/** Reads one leg of a case from the service that owns it. */
export async function readLeg(client: ApiClient, leg: LegDetail['leg'], caseId: string): Promise<LegDetail> {
  return client.get(pathOf({ leg, case: caseId }), LegCaseDetail);
}

/** The leg in which a case stands now. */
export async function readCurrentLeg(client: ApiClient, caseId: string): Promise<LegDetail> {
  const line = await client.get(`/cases/${encodeURIComponent(caseId)}`, CaseLine);
  return readLeg(client, line.leg, line.case);
}

/** The seat this person may sign now (the one named, or the first), for himself or a principal. CommandFailure `no_open_seat`. */
export function signableOf(detail: LegDetail, seat?: string, onBehalfOf: string | null = null): Signable {
  const found = detail.signable.find(
    (one) => (seat === undefined || one.seat === seat) && one.onBehalfOf === onBehalfOf,
  );
  if (found) return found;
  throw new CommandFailure(
    EXIT.finding,
    'no_open_seat',
    {
      zh: `案件 ${detail.case} 现在没有轮到您的席位（${detail.leg} 段，状态 ${detail.state}）。${whyBack(detail)?.zh ?? ''}`,
      en: `No seat of case ${detail.case} waits for you now (${detail.leg} leg, ${detail.state}). ${whyBack(detail)?.en ?? ''}`.trimEnd(),
    },
    { case: detail.case, leg: detail.leg, state: detail.state },
  );
}

/** Why no person sent the case back last; null when one did, or nobody. */
function whyBack({ ended, sentBack }: LegDetail): { readonly zh: string; readonly en: string } | null {
  return ended === null ? (sentBack.at(-1)?.because ?? null) : ended.because;
}

/**
 * Signs a seat over the statement shown, after computing its digest here: says that one has opened the content and gone
 * through the checklist, which the caller has put before the person. CommandFailure `statement_digest`.
 */
export async function signSeat(client: ApiClient, detail: LegDetail, signable: Signable): Promise<LegOutcome> {
  const statement = nodeCrypto.sha256(canonicalBytes(signable.statement));
  if (statement !== signable.digest || signable.statement['content'] !== detail.content) {
    const sentence = {
      zh: '服务器给出的陈述与其摘要不符，未签。',
      en: 'The statement shown is not the one named; not signed.',
    };
    throw new CommandFailure(EXIT.finding, 'statement_digest', sentence, {
      shown: signable.digest,
      computed: statement,
    });
  }
  const { seat, onBehalfOf, checklist } = signable;
  await client.command(`${pathOf(detail)}/views`, { content: detail.content }, CaseViewed);
  const body = { seat, statement, onBehalfOf, checked: checklist.map(({ id }) => id) };
  return client.command(`${pathOf(detail)}/signatures`, body, LegCaseOutcome);
}

/** Returns a case to its drafter, or to the earlier stage `to`. `place` names a cell or chapter. */
export async function returnSeat(
  client: ApiClient,
  detail: LegDetail,
  {
    seat,
    reason,
    place,
    to,
  }: {
    readonly seat: string;
    readonly reason: string;
    readonly place: string | null;
    readonly to: string | null;
  },
): Promise<LegOutcome> {
  const body = { seat, content: detail.content, reason, place, to };
  return client.command(`${pathOf(detail)}/returns`, body, LegCaseOutcome);
}

/** Withdraws a case under sign-off, recalls it once approved and not released. */
export async function endCase(client: ApiClient, detail: LegDetail, reason: string): Promise<LegOutcome> {
  const act = detail.leg === 'approval' && detail.state === 'approved' ? 'recall' : 'withdrawal';
  return client.command(`${pathOf(detail)}/${act}`, { content: detail.content, reason }, LegCaseOutcome);
}

/** Gives a case up for good. */
export async function cancelCase(client: ApiClient, detail: LegDetail, reason: string): Promise<LegOutcome> {
  return client.command(`${pathOf(detail)}/cancellation`, { content: detail.content, reason }, LegCaseOutcome);
}

/** Takes the person's own signature back (the seat named, or the only one). CommandFailure `nothing_to_take_back`. */
export async function takeBack(client: ApiClient, detail: LegDetail, named?: string): Promise<LegOutcome> {
  const seat = detail.takeable.find((one) => named === undefined || one === named);
  if (seat !== undefined)
    return client.command(`${pathOf(detail)}/take-backs`, { seat, content: detail.content }, LegCaseOutcome);
  throw new CommandFailure(
    EXIT.finding,
    'nothing_to_take_back',
    {
      zh: `案件 ${detail.case} 现在没有您可以拿回的签批：此后已有他人签批，或您未签。`,
      en: `Case ${detail.case} has no signature of yours to take back: somebody has signed since, or you have not.`,
    },
    { case: detail.case, leg: detail.leg, state: detail.state },
  );
}

/** Has an approved case go out later; `until` is an instant in UTC. */
export async function postpone(client: ApiClient, detail: LegDetail, until: string): Promise<LegOutcome> {
  return client.command(`${pathOf(detail)}/postponement`, { content: detail.content, until }, LegCaseOutcome);
}
