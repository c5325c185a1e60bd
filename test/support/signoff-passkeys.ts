import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { Leg, PasskeyStatement } from '#evidence/statements';
import { PASSKEY_PATH } from '#evidence/verify-passkey-registration';
import { nodeCrypto } from '#evidence/node-crypto';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { callerOf, gatewaySigner, type Person, PEOPLE, type SignoffWorld, type Submitted } from './signoff-world.js';
import { type Ceremony, SoftwarePasskey } from './software-passkey.js';

/** A passkey somebody registered in the world, with what the gateway announced of it. */
export interface Registered {
  readonly device: SoftwarePasskey;
  readonly id: string;
  readonly evidence: Digest;
}

/** Makes a passkey, and its registration as the gateway keeps it; `signer` vouches for it in the gateway's place. */
export async function registration(
  world: SignoffWorld,
  person: Person,
  by: Signer = gatewaySigner,
): Promise<Registered> {
  const device = new SoftwarePasskey('localhost', 'http://localhost:3000');
  const { credential, publicKey, rpId, origin } = device;
  const rawBody = Buffer.from(JSON.stringify(device.register('cmVnaXN0ZXI')));
  const caller = callerOf('review', PASSKEY_PATH, person, rawBody, { audience: 'gateway' });
  const at = instant(new Date(Date.now() - 500));
  const statement: PasskeyStatement = {
    id: randomUUID(),
    person: PEOPLE[person],
    credential,
    publicKey,
    rpId,
    origin,
    at,
  };
  const evidence = await world.put({
    envelope: sealEnvelope(PAYLOAD_TYPES.passkey, statement, [by]),
    caller: sealEnvelope(PAYLOAD_TYPES.caller, caller, [by]),
    body: rawBody.toString('base64'),
  });
  return { device, id: statement.id, evidence };
}

/** Has both legs take over a passkey this person registered just now. */
export async function withPasskey(world: SignoffWorld, person: Person): Promise<Registered> {
  const registered = await registration(world, person);
  const { id, evidence } = registered;
  for (const leg of ['review', 'approval'] as const)
    await world.handle(leg, 'gateway.passkey-registered', { id, person: PEOPLE[person], evidence });
  return registered;
}

/** What this person would sign with a passkey at his first seat: the request as his browser makes it. */
export async function passkeySigning(
  world: SignoffWorld,
  leg: Leg,
  submitted: Submitted,
  person: Person,
  device: SoftwarePasskey,
  ceremony: Ceremony = {},
): Promise<object> {
  const shown = await world.signable(leg, submitted, person);
  const detail = await viewLeg(world.legs[leg], submitted.case, PEOPLE[person], nodeCrypto);
  if (isRefusal(detail)) throw new Error(detail.refused);
  const { challenge } = detail.signable.find(({ seat }) => seat === shown.seat)!;
  return { ...shown, passkey: device.assert(challenge, ceremony) };
}

/** Signs the person's first seat with his passkey. */
export async function signWith(
  world: SignoffWorld,
  leg: Leg,
  submitted: Submitted,
  person: Person,
  device: SoftwarePasskey,
  ceremony: Ceremony = {},
): Promise<object | Refusal> {
  const body = await passkeySigning(world, leg, submitted, person, device, ceremony);
  return world.act(leg, submitted, person, 'signatures', body);
}
