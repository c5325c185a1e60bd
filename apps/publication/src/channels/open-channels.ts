import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EnvironmentUnusable } from '#service-runtime/environment-variables';
import { ListedNetworks } from './address-rule.js';
import type { Channel, ChannelFacts, Said } from './channel.js';
import { type ChannelEntry, ChannelsFile } from './channel-file.js';
import { type Covers, DraftChannel } from './draft-channel.js';
import { FolderChannel } from './folder-channel.js';
import { Outbound } from './outbound.js';
import { S3Channel } from './s3-channel.js';
import { Secret } from './secret.js';
import { WebhookChannel } from './webhook-channel.js';

const VARIABLE = 'SUNWARD_CHANNELS_FILE';

/** What the channels file of an installation says. */
export interface OpenChannels {
  readonly channels: readonly Channel[];
  /** Whom the operator wants called when publication fails. */
  readonly contact: Said | null;
}

/** Opens the channels a file names; none without a file. `covers`: for the articles of those that want one. Throws EnvironmentUnusable naming everything that is wrong in it. */
export function openChannels(file: string | null, covers: Covers): OpenChannels {
  if (file === null) return { channels: [], contact: null };
  const parsed = ChannelsFile.safeParse(jsonIn(file));
  if (!parsed.success)
    throw new EnvironmentUnusable(
      parsed.error.issues.map(({ path, message }) => `${VARIABLE}: ${file}: ${path.join('.')}: ${message}`),
    );
  const { channels, contact = null, hosts, networks } = parsed.data;
  const problems = channels.flatMap((entry) => problemsOf(entry, hosts, dirname(resolve(file))));
  if (problems.length > 0) throw new EnvironmentUnusable(problems.map((problem) => `${VARIABLE}: ${file}: ${problem}`));
  const ground = {
    base: dirname(resolve(file)),
    contact,
    covers,
    rules: { hosts, networks: new ListedNetworks(networks) },
  };
  return { contact, channels: channels.map((entry) => open(entry, ground)) };
}

interface Ground {
  readonly base: string;
  readonly contact: Said | null;
  readonly covers: Covers;
  readonly rules: ConstructorParameters<typeof Outbound>[0];
}

function open(entry: ChannelEntry, { base, contact: fallback, covers, rules }: Ground): Channel {
  const { name, kind, title, contact = fallback, organs = null } = entry;
  const { backfill = kind === 'folder' || kind === 's3' } = entry;
  const facts: ChannelFacts = { name, kind, title, contact, organs, backfill };
  if (entry.kind === 'folder') return new FolderChannel(facts, resolve(base, entry.folder));
  if (entry.kind === 'wechat-draft') return new DraftChannel(facts, covers);
  const secret = new Secret(secretIn(resolve(base, entry.secretFile)));
  const outbound = new Outbound(rules);
  if (entry.kind === 'webhook') return new WebhookChannel(facts, { url: new URL(entry.url), secret }, outbound);
  const { region, accessKeyId, prefix } = entry;
  return new S3Channel(
    facts,
    { bucket: { base: bucketAddress(entry), region, accessKeyId, secret }, prefix },
    outbound,
  );
}

/** What would be found out only when the first edition is sent. */
function problemsOf(entry: ChannelEntry, hosts: readonly string[], base: string): readonly string[] {
  if (entry.kind === 'folder' || entry.kind === 'wechat-draft') return [];
  const { name, kind } = entry;
  const url = kind === 'webhook' ? new URL(entry.url) : bucketAddress(entry);
  const found = hosts.includes(url.hostname) ? [] : [`channel ${name}: ${url.hostname} is not among hosts`];
  try {
    const secret = secretIn(resolve(base, entry.secretFile));
    if (kind === 'webhook' && !WEBHOOK_SECRET.test(secret))
      found.push(`channel ${name}: secretFile: whsec_ and 24 to 64 bytes in base64`);
    if (secret === '') found.push(`channel ${name}: secretFile is empty`);
  } catch (error) {
    found.push(`channel ${name}: cannot read secretFile (${error instanceof Error ? error.message : 'unknown'})`);
  }
  return found;
}

/** 24 to 64 bytes. Source: Standard Webhooks 1.0.0, "Signature scheme". */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

function bucketAddress({ endpoint, bucket, style }: Extract<ChannelEntry, { kind: 's3' }>): URL {
  const url = new URL(endpoint);
  if (style === 'host') url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = style === 'host' ? '/' : `/${bucket}/`;
  return url;
}

const secretIn = (file: string): string => readFileSync(file, 'utf8').trim();

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown';
    throw new EnvironmentUnusable([`${VARIABLE}: cannot read ${file} (${reason})`]);
  }
}
