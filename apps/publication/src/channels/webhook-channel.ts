import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { DigestField } from '#contracts/fields';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { DERIVED_NAMES } from '#report-files/writers/derived-names';
import { reportHtml } from '#report/writers/report-html';
import { reportText } from '#report/writers/report-text';
import { type Channel, type ChannelFacts, ConfiguredChannel, type DeliveryReceipt, type Parcel } from './channel.js';
import { ChannelFault } from './channel-fault.js';
import { checkStatus, type Outbound } from './outbound.js';
import type { Secret } from './secret.js';

const MOST_ANSWER_BYTES = 64 * 1024;

/** What a site platform answers: the SHA-256 of the body it took in, and where it shows the report, if it does. */
const Taken = z.object({
  received: DigestField,
  url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional(),
});

/**
 * A site platform that takes JSON over HTTP, signed as Standard Webhooks says: `webhook-id` is the same for every attempt at one
 * delivery, so a repetition is told by it, and so are the bytes of the body. Source: Standard Webhooks 1.0.0.
 */
export class WebhookChannel extends ConfiguredChannel implements Channel {
  readonly mirrors = false;
  readonly byHand = false;

  constructor(
    facts: ChannelFacts,
    private readonly target: { readonly url: URL; readonly secret: Secret },
    private readonly outbound: Outbound,
    private readonly now: () => Date = () => new Date(),
  ) {
    super(facts);
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<DeliveryReceipt> {
    const body = webhookBody(parcel);
    const at = this.now();
    const answer = await this.outbound.send({
      method: 'POST',
      url: this.target.url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': parcel.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signatureOf(this.target.secret, parcel.id, at, body),
      },
      body,
      mostBytes: MOST_ANSWER_BYTES,
      signal,
    });
    checkStatus(answer, [200, 201, 202]);
    const { received, url } = takenIn(answer.body);
    const digest = nodeCrypto.sha256(body);
    if (received !== digest) throw new ChannelFault('digest_differs', { where: 'received' });
    // What stands behind the question mark may be a key to the door; people are shown the place.
    const { origin, pathname } = this.target.url;
    return { digest, place: url ?? `${origin}${pathname}`, files: 1 };
  }

  close(): Promise<void> {
    return this.outbound.close();
  }
}

/** `v1,<base64 of the HMAC with SHA-256>` over id, time and body. */
export function signatureOf(secret: Secret, id: string, at: Date, body: Uint8Array): string {
  return new Webhook(secret.reveal()).sign(id, at, new TextDecoder().decode(body));
}

const PROVING: readonly string[] = ['report.json', 'evidence.json'];

/** The body of a webhook: the same bytes for every attempt at one delivery. */
export function webhookBody(parcel: Parcel): Uint8Array {
  const { act, kind, document, organ, organName, year, edition, title, content, url, at, report, notice } = parcel;
  const about = { document, edition, kind, organ, organName, year, title, content, url, at };
  const told = { notice: notice === null ? null : { reason: notice.reason, replaces: notice.replaces } };
  if (act === 'withdraw' || report === null)
    return canonicalBytes({ type: 'report.withdrawn', timestamp: at, data: { ...about, ...told } });
  // The files made of the signed bytes may come later; those that prove the report are there with it.
  const files = parcel.tree.files
    .filter(({ name }) => PROVING.includes(name))
    .map(({ name, digest, bytes }) => ({ name, url: `${url}${name}`, digest, sizeBytes: bytes.byteLength }));
  const downloads = DERIVED_NAMES.map((name) => ({ name, url: `${url}${name}` }));
  const text = { html: reportHtml(report), text: reportText(report) };
  return canonicalBytes({
    type: 'report.published',
    timestamp: at,
    data: { ...about, ...told, ...text, files, downloads },
  });
}

function takenIn(body: Uint8Array): z.infer<typeof Taken> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch (error) {
    throw new ChannelFault('answer_unreadable', {}, error);
  }
  const parsed = Taken.safeParse(value);
  if (!parsed.success) throw new ChannelFault('answer_unreadable');
  return parsed.data;
}
