import type { z } from 'zod';
import type { ToldOfPublication } from '#contracts/http/publication.api';
import { instant } from '#domain/instant';
import { databaseNow, type Handle, rows } from '#persistence/sql';
import { scopeOfDocument } from './clocks.queries.js';
import { scopeName } from './notice-scope.js';
import { stageNames } from './stage-names.queries.js';
import { untoldBecause } from './untold.js';

interface ToldRecord {
  edition: number;
  news: 'live' | 'taken-down';
  by: 'in-app';
  person: string;
  name: string;
  isDrafter: boolean;
  /** Since when he was first asked at each, in that order, as PostgreSQL writes instants. */
  asked: readonly { readonly stage: string; readonly at: string }[];
  deliverAfter: Date;
  deliveredAt: Date | null;
  isVoid: boolean;
  leftAt: Date | null;
}

/** The newest notice of each person about each edition; one that reached him before any that did not. */
const TOLD = `
  SELECT DISTINCT ON (edition, n.kind, n.channel, n.person)
    n.mark::int AS edition, n.kind AS news, n.channel AS by, n.person, p.name,
    EXISTS (SELECT 1 FROM role_grant g WHERE g.person = n.person AND g.role = 'drafter' AND g.organ = $3) AS "isDrafter",
    (SELECT coalesce(json_agg(a ORDER BY a.at), '[]') FROM (
       SELECT s.stage, min(s.created_at) AS at FROM notice s
       WHERE s.scope = n.scope AND s.person = n.person AND s.case_id = n.case_id AND s.round = n.round
         AND s.seat IS NOT NULL AND s.stage IS NOT NULL AND s.kind <> 'blocked'
       GROUP BY s.stage) a) AS asked,
    n.deliver_after AS "deliverAfter", n.delivered_at AS "deliveredAt", n.void_at IS NOT NULL AS "isVoid",
    CASE WHEN p.active THEN p.leaves_at ELSE coalesce(p.leaves_at, now()) END AS "leftAt"
  FROM notice n JOIN person p ON p.id = n.person
  WHERE n.scope = $1 AND n.document = $2 AND n.kind IN ('live', 'taken-down')
  ORDER BY edition, n.kind, n.channel, n.person, n.delivered_at IS NULL, n.created_at DESC`;

/**
 * Who was to be told that an edition of a document is public, or was taken down again, and whether it reached him: people by name, the
 * drafters among them and at which stages they had been asked to sign, in the order in which they were. Whom it may be shown to is decided
 * elsewhere.
 */
export async function toldOfPublication(
  handle: Handle,
  document: string,
): Promise<readonly z.infer<typeof ToldOfPublication>[]> {
  const scope = await scopeOfDocument(handle, document);
  if (scope === undefined) return [];
  const found = await rows<ToldRecord>(handle, TOLD, [scopeName(scope), document, scope.organ]);
  if (found.length === 0) return [];
  const [now, nameOf] = [await databaseNow(handle), await stageNames(handle)];
  const sinceOf = ({ asked: [first] }: ToldRecord): string => first?.at ?? '';
  const later = (one: string, other: string): number => Number(one > other) - Number(one < other);
  const inOrder = found.toSorted(
    (a, b) => a.edition - b.edition || later(a.news, b.news) || later(sinceOf(a), sinceOf(b)),
  );
  return inOrder.map(({ asked, isVoid, leftAt, ...one }) => {
    const deliverAfter = instant(one.deliverAfter);
    const deliveredAt = one.deliveredAt && instant(one.deliveredAt);
    const kept = { deliverAfter, deliveredAt, isVoid, leftAt: leftAt && instant(leftAt) };
    const because = untoldBecause(kept, now);
    const stages = asked.map(({ stage }) => nameOf(scope.organ, stage));
    return { ...one, stages, deliverAfter, deliveredAt, because };
  });
}
