import { randomUUID } from 'node:crypto';
import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Office } from '#evidence/statements';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from '../leg-ports.js';
import type { StoredLeg } from '../stored-leg.js';

interface OnSeat {
  readonly case: string;
  readonly seat: string;
  readonly content: string;
}

/** 转办: gives a seat one could sign to another holder of its office. Refusals: as `decide`, and `not_found`. */
export async function handOverSeat(
  tx: Tx,
  { case: caseId, seat, content, to }: OnSeat & { readonly to: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const command = { type: 'hand-over', seat, actor: by.person, content: digest(content), to } as const;
  const act = { case: caseId, action: 'hand-over', command: () => ({ ...command, seatId: randomUUID() }) };
  return actOnLeg(tx, act, by, ports);
}

/** 加签: asks one more person to sign the open stage, by an office he holds. Refusals: as `decide`, and `not_found`. */
export async function addSigner(
  tx: Tx,
  { case: caseId, seat, content, person, role, organ }: OnSeat & Office & { readonly person: string },
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const asked = { person, office: { role, organ } };
  const command = { type: 'add-signer', seat, actor: by.person, content: digest(content), ...asked } as const;
  const act = { case: caseId, action: 'add-signer', command: () => ({ ...command, seatId: randomUUID() }) };
  return actOnLeg(tx, act, by, ports);
}

/** 减签: takes back what one added and nobody signed; that may be the last thing the leg waited for. */
export async function removeSigner(
  tx: Tx,
  { case: caseId, seat, content }: OnSeat,
  by: ProvenPerson,
  ports: LegPorts,
  complete: CompleteLeg,
): Promise<StoredLeg | Refusal> {
  const command = { type: 'remove-signer', seat, actor: by.person, content: digest(content) } as const;
  return actOnLeg(tx, { case: caseId, action: 'remove-signer', complete, command: () => command }, by, ports);
}
