import { type Instant, instant } from '#domain/instant';
import type { Office } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { StandingDeputy } from './deputy-rules.js';

interface DeputyRecord {
  id: string;
  principal: string;
  agent: string;
  role: string;
  organ: string;
  since: Date;
  until: Date;
  revoked_at: Date | null;
}

const COLUMNS = 'd.id, d.principal, d.agent, d.role, d.organ, d.since, d.until, d.revoked_at';

function standing({ since, until, revoked_at: revoked, ...deputy }: DeputyRecord): StandingDeputy {
  return { ...deputy, from: instant(since), until: instant(until), revokedAt: revoked && instant(revoked) };
}

/** Lets one grant of an office be decided at a time: two at once could make a circle neither would see. */
export async function lockOffice(tx: Tx, { role, organ }: Office): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtext('deputy'), hashtext($1))`, [`${role}@${organ}`]);
}

/** Every grant of an office. */
export async function deputiesOfOffice(tx: Tx, { role, organ }: Office): Promise<readonly StandingDeputy[]> {
  const found = await rows<DeputyRecord>(tx, `SELECT ${COLUMNS} FROM deputy d WHERE d.role = $1 AND d.organ = $2`, [
    role,
    organ,
  ]);
  return found.map(standing);
}

/** Keeps a grant with its proof. */
export async function insertDeputy(
  tx: Tx,
  { id, principal, agent, role, organ, from, until }: Omit<StandingDeputy, 'revokedAt'>,
  proof: { readonly evidence: string; readonly at: Instant },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO deputy (id, principal, agent, role, organ, since, until, evidence, granted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, principal, agent, role, organ, from, until, proof.evidence, proof.at],
  );
}

/** A grant, locked until the transaction ends. */
export async function lockDeputy(tx: Tx, id: string): Promise<StandingDeputy | undefined> {
  const found = await row<DeputyRecord>(tx, `SELECT ${COLUMNS} FROM deputy d WHERE d.id = $1 FOR UPDATE`, [id]);
  return found && standing(found);
}

/** Ends grants at a time and answers their offices; what ended earlier stays as it was. */
export async function endDeputies(tx: Tx, ids: readonly string[], at: Instant, by: string): Promise<readonly Office[]> {
  return rows<Office>(
    tx,
    `UPDATE deputy SET revoked_at = $2, revoked_by = $3 WHERE id = ANY($1::uuid[]) AND until > $2
       AND (revoked_at IS NULL OR revoked_at > $2) RETURNING role, organ`,
    [ids, at, by],
  );
}

/** Ends whatever a person granted or received, at the time he leaves. */
export async function endDeputiesOf(tx: Tx, person: string, at: Instant, by: string): Promise<void> {
  const found = await rows<{ id: string }>(tx, 'SELECT id FROM deputy WHERE principal = $1 OR agent = $1 FOR UPDATE', [
    person,
  ]);
  await endDeputies(
    tx,
    found.map(({ id }) => id),
    at,
    by,
  );
}

/** Revocations whose time has come and that no service has been told of, locked; other processes take others. */
export async function takeUntoldRevocations(tx: Tx): Promise<readonly { readonly id: string; readonly at: Instant }[]> {
  const found = await rows<{ id: string; at: Date }>(
    tx,
    `UPDATE deputy SET revocation_told = true WHERE id IN (
       SELECT id FROM deputy WHERE NOT revocation_told AND revoked_at <= clock_timestamp() ORDER BY revoked_at
       FOR UPDATE SKIP LOCKED LIMIT 500)
     RETURNING id, revoked_at AS at`,
  );
  return found.map(({ id, at }) => ({ id, at: instant(at) }));
}

/** A grant with the names the gateway keeps. */
export interface NamedDeputy extends StandingDeputy {
  readonly principalName: string;
  readonly agentName: string;
  readonly grantedAt: Instant;
}

/** Grants, newest first: those of one person, or all that have not ended. */
export async function listDeputies(
  handle: Handle,
  of: { readonly principal: string } | { readonly agent: string } | 'standing',
): Promise<readonly NamedDeputy[]> {
  const [condition, parameters] =
    of === 'standing'
      ? ['d.until > now() AND (d.revoked_at IS NULL OR d.revoked_at > now())', []]
      : 'principal' in of
        ? ['d.principal = $1', [of.principal]]
        : ['d.agent = $1', [of.agent]];
  const found = await rows<DeputyRecord & { principal_name: string; agent_name: string; granted_at: Date }>(
    handle,
    `SELECT ${COLUMNS}, p.name AS principal_name, a.name AS agent_name, d.granted_at FROM deputy d
     JOIN person p ON p.id = d.principal JOIN person a ON a.id = d.agent
     WHERE ${condition} ORDER BY d.granted_at DESC, d.id LIMIT 500`,
    parameters,
  );
  return found.map(({ principal_name: principalName, agent_name: agentName, granted_at: granted, ...deputy }) => ({
    ...standing(deputy),
    principalName,
    agentName,
    grantedAt: instant(granted),
  }));
}

/** Whom a holder may ask: people in some office of the same organ, himself and administrators left out; empty where he holds none. */
export async function colleagues(
  handle: Handle,
  person: string,
  organ: string,
): Promise<readonly { readonly person: string; readonly login: string; readonly name: string }[]> {
  return rows(
    handle,
    `SELECT p.id AS person, a.login, p.name FROM person p JOIN account a ON a.person = p.id
     WHERE p.id <> $1 AND NOT p.administrator AND (p.leaves_at IS NULL OR p.leaves_at > now())
       AND p.id IN (SELECT person FROM role_grant WHERE organ = $2)
       AND EXISTS (SELECT 1 FROM role_grant WHERE organ = $2 AND person = $1) ORDER BY p.name, p.id LIMIT 500`,
    [person, organ],
  );
}
