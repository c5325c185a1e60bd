import { z } from 'zod';
import { OrganCode } from '#contracts/fields';
import { parseNetwork } from './address-rule.js';

const Words = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });

const own = {
  name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'a–z, 0–9 and hyphens'),
  title: Words,
  contact: Words.optional(),
  organs: z.array(OrganCode).min(1).optional(),
  /** Whether it is also sent what was live before there was this channel; when left out, mirrors (folder, s3) are. */
  backfill: z.boolean().optional(),
};
const path = z.string().min(1).max(1000);
/** Without a name or password, which everybody would read who sees where a report went: secrets stand in files of their own. */
const address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine((url) => {
    const { username, password } = new URL(url);
    return username === '' && password === '';
  }, 'an address without a name or password in it');

/** Networks beside the Internet that channels may be sent to, like `10.12.0.0/16`. */
const Network = z.string().refine((text) => parseNetwork(text) !== undefined, 'a network like 10.12.0.0/16');

const Folder = z.strictObject({ ...own, kind: z.literal('folder'), folder: path });
const S3 = z.strictObject({
  ...own,
  kind: z.literal('s3'),
  endpoint: address,
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket name'),
  /** `path`: the bucket is the first part of the path; `host`: it is the first part of the host's name. */
  style: z.enum(['path', 'host']).default('path'),
  region: z.string().min(1).max(64).default('us-east-1'),
  prefix: z
    .string()
    .regex(/^(?:[A-Za-z0-9._-]+\/)*$/, 'folders, each with a slash behind it')
    .max(200)
    .default(''),
  accessKeyId: z.string().min(1).max(200),
  secretFile: path,
});
const WebhookEntry = z.strictObject({ ...own, kind: z.literal('webhook'), url: address, secretFile: path });

const Draft = z.strictObject({ ...own, kind: z.literal('wechat-draft') });

/** The channels file: where editions go beside the own site. Paths are relative to the file; secrets stand in files of their own. */
export const ChannelsFile = z.strictObject({
  /** Whom to call when publication fails and a channel names nobody else. */
  contact: Words.optional(),
  /** Hosts that channels may be sent to; every address of a channel must be on one of them. */
  hosts: z.array(z.string().min(1).max(253)).max(50).default([]),
  networks: z.array(Network).max(50).default([]),
  channels: z
    .array(z.discriminatedUnion('kind', [Folder, S3, WebhookEntry, Draft]))
    .max(20)
    .refine((channels) => new Set(channels.map(({ name }) => name)).size === channels.length, 'each name once'),
});
export type ChannelsFile = z.infer<typeof ChannelsFile>;
export type ChannelEntry = ChannelsFile['channels'][number];
