import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { DigestField, InstantField, UuidField } from '../fields.js';
import { PublicationAttempt, PublicationCause } from './publication-steps.api.js';

const Words = z.object({ zh: z.string(), en: z.string() });

/** Name of a channel in the channels file. */
export const ChannelName = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'channel: a–z, 0–9 and hyphens');

const CHANNEL_KINDS = ['folder', 's3', 'webhook', 'wechat-draft'] as const;

/** From so many failed attempts in a row a channel counts as failing, and people are told: some two minutes after the first. */
export const KEEPS_FAILING_AFTER = 5;

/** A channel also counts as failing when a failed delivery was due so long ago and was not tried again: the attempt before has not ended, on a disk far away that does not answer. */
export const STANDS_STILL_AFTER_SECONDS = 600;

/**
 * How one act on an edition stands with one channel beside the own site. `prepared`: a person is to post it by hand. `kind` is null
 * when the channel is configured no more. `cause` says why the last attempt failed and how to mend it.
 */
export const ChannelDelivery = z
  .object({
    channel: ChannelName,
    kind: z.enum(CHANNEL_KINDS).nullable(),
    title: Words,
    round: z.int(),
    act: z.enum(['show', 'withdraw']),
    state: z.enum(['waiting', 'prepared', 'delivered', 'superseded', 'dropped']),
    attempts: z.int(),
    nextAt: InstantField.nullable(),
    cause: z
      .object({ code: z.string(), zh: z.string(), en: z.string(), mendZh: z.string(), mendEn: z.string() })
      .nullable(),
    receipt: z
      .object({
        digest: DigestField,
        place: z.string(),
        files: z.int(),
        at: InstantField.nullable(),
        by: UuidField.nullable(),
      })
      .nullable(),
    contact: Words.nullable(),
  })
  .meta({ id: 'ChannelDelivery' });

/** Which delivery is meant. */
const OfDelivery = { channel: ChannelName, case: UuidField, round: z.int().positive() };

/** Has a waiting delivery tried at once. */
export const RetryDelivery = z.strictObject(OfDelivery).meta({ id: 'RetryDelivery' });

/** Says where exactly this draft was posted by hand; `address` null: what was posted is deleted. */
export const ConfirmPosting = z
  .strictObject({
    ...OfDelivery,
    digest: DigestField,
    address: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable(),
  })
  .meta({ id: 'ConfirmPosting' });

/** A file of a draft. `text`: its characters, or its bytes in base64, as `encoding` says. */
const DraftFile = z
  .object({ name: z.string(), mediaType: z.string(), encoding: z.enum(['utf-8', 'base64']), text: z.string() })
  .meta({ id: 'DraftFile' });

/** What a person posts by hand. `digest`: SHA-256 of all files, by which the posting is confirmed. */
export const PreparedDraft = z
  .object({
    ...OfDelivery,
    digest: DigestField,
    files: z.array(DraftFile),
  })
  .meta({ id: 'PreparedDraft' });

/** A delivery, and how it stands now. */
export const DeliveryStands = z
  .object({ ...OfDelivery, state: ChannelDelivery.shape.state })
  .meta({ id: 'DeliveryStands' });

/** How publication stands for one document: every edition it knows, newest first. */
export const PublicationDetail = z
  .object({
    document: UuidField,
    live: z
      .object({ edition: z.int(), path: z.string(), url: z.url(), at: InstantField, receipt: DigestField })
      .nullable(),
    /** Whom the operator wants called when publication fails. */
    contact: Words.nullable(),
    /** Who heads disclosure at the organ now. */
    heads: z.array(UuidField),
    /** Whether the caller may have a delivery retried, and confirm what was posted by hand. */
    mayAct: z.boolean(),
    editions: z.array(
      z.object({
        edition: z.int(),
        case: UuidField,
        round: z.int(),
        kind: z.enum(CASE_KINDS).nullable(),
        content: DigestField,
        state: z.enum([
          'waiting',
          'publishing',
          'live',
          'superseded',
          'withdrawn',
          'done',
          'passed',
          'held',
          'dropped',
        ]),
        attempts: z.int(),
        defect: z.string().nullable(),
        /** What that defect says, and how to mend it. */
        cause: PublicationCause.nullable(),
        /** When the next attempt is due; null while one is at work and when none is to come. */
        nextAt: InstantField.nullable(),
        /** The last attempts, at most five, earliest first; none of what was published before steps were recorded. */
        trail: z.array(PublicationAttempt),
        /** When it was let go; null before. */
        releasedAt: InstantField.nullable(),
        /** When it had been read back and took effect; null before. */
        effectAt: InstantField.nullable(),
        deliveries: z.array(ChannelDelivery),
      }),
    ),
  })
  .meta({ id: 'PublicationDetail' });

/**
 * Why a notice has not reached its person: his quiet hours are not over, its time came and it did not go out, it was taken back before it
 * did, or he has left and reads none.
 */
export const UntoldBecause = z.enum(['quiet', 'late', 'void', 'left']);

/**
 * One person who was to be told that an edition is public, or was taken down: as a drafter, or as somebody asked to sign at these stages,
 * by name. `because` is null when it reached him.
 */
export const ToldOfPublication = z
  .object({
    edition: z.int(),
    news: z.enum(['live', 'taken-down']),
    person: UuidField,
    name: z.string(),
    isDrafter: z.boolean(),
    stages: z.array(z.string()),
    by: z.enum(['in-app']),
    deliverAfter: InstantField,
    deliveredAt: InstantField.nullable(),
    because: UntoldBecause.nullable(),
  })
  .meta({ id: 'ToldOfPublication' });

/** How publication stands for a document, as people see it: with who was told of it. */
export const PublicationShown = PublicationDetail.extend({ told: z.array(ToldOfPublication) }).meta({
  id: 'PublicationShown',
});
