import { type EvidenceCrypto, type Signer, verifySignature } from '#evidence/crypto';
import { canonicalBytes } from '#evidence/canonical';
import { fromBase64, toBase64 } from '#evidence/base64';
import { pae, PAYLOAD_TYPES } from '#evidence/dsse';
import { LOG_END, trustAt } from '#evidence/key-validity';
import { serviceKeys, type Trust } from '#evidence/trust';
import { Packet } from '#contracts/packet';
import type { ServiceName } from '#contracts/services';
import type { Delivery } from '#messaging/packet-worker';
import type { SignedPacket } from '#messaging/signed-packet';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Signs a packet with the sending service's key. */
export function sealPacket(packet: Packet, signer: Signer): SignedPacket {
  const bytes = canonicalBytes(packet);
  const sig = toBase64(signer.sign(pae(PAYLOAD_TYPES.packet, bytes)));
  return { payload: decoder.decode(bytes), keyid: signer.keyid, sig };
}

/** Why a delivery is not a packet for this service. The kinds are those of the alarms. */
export type PacketDefect =
  | 'packet_unsigned'
  | 'packet_forged'
  | 'packet_unparsable'
  | 'packet_foreign'
  | 'packet_replayed'
  | 'packet_other_epoch';

export interface PacketCheck {
  readonly service: ServiceName;
  readonly epoch: string;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

function claimedProducer(payload: string): unknown {
  try {
    return (JSON.parse(payload) as Record<string, unknown> | null)?.['producer'];
  } catch {
    return undefined; // not JSON: no producer, so the signature below cannot fit
  }
}

/**
 * Opens a delivery: signed by the service it claims to come from, addressed to this one, under its own job id,
 * of this epoch. Answers the packet, or the first thing that is wrong.
 */
export function openPacket(
  { id, data }: Delivery,
  { service, epoch, trust, crypto }: PacketCheck,
): Packet | PacketDefect {
  const { payload, keyid, sig } = data;
  if (typeof payload !== 'string' || typeof keyid !== 'string' || typeof sig !== 'string') return 'packet_unsigned';
  const producer = claimedProducer(payload);
  if (typeof producer !== 'string') return 'packet_forged';
  // What lies in a queue signed by a retired key is sent again, signed by the new one.
  const key = serviceKeys(trustAt(trust, LOG_END), producer as ServiceName, crypto, 'packet').get(keyid);
  const signature = fromBase64(sig);
  const message = pae(PAYLOAD_TYPES.packet, encoder.encode(payload));
  if (!key || !signature || !verifySignature(key, message, signature, crypto)) return 'packet_forged';
  const parsed = Packet.safeParse(JSON.parse(payload));
  if (!parsed.success) return 'packet_unparsable';
  const packet = parsed.data;
  if (packet.subscriber !== service) return 'packet_foreign';
  if (packet.id !== id) return 'packet_replayed';
  if (packet.epoch !== epoch) return 'packet_other_epoch';
  return packet;
}
