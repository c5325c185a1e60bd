import { z } from 'zod';

/** SHA-256 as 64 lower-case hexadecimal characters. */
export const DigestField = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 digest in lower-case hexadecimal');
/** UTC instant with milliseconds, e.g. `2026-01-31T16:00:00.000Z`. */
export const InstantField = z.iso.datetime({ precision: 3 });
export const UuidField = z.uuid();
/** Code of an organ in addresses and grants, e.g. `xiangyang` or `xiangyang-justice`. */
export const OrganCode = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'organ code: a–z, 0–9 and hyphens');
/** Role name in grants and slots, e.g. `first-reviewer`. */
export const RoleName = z.string().regex(/^[a-z](?:[a-z-]{0,38}[a-z])?$/, 'role name: a–z and hyphens');
/** Report year. The present forms of the report exist from report year 2019 on (国办公开办函〔2019〕60号). */
export const ReportYear = z.int().min(2019).max(2100);

export const Leg = z.enum(['review', 'approval']);
export type Leg = z.infer<typeof Leg>;

/** Id of a stage within its route, e.g. `first-review`. The name people read is in the route. */
export const StageId = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'stage id: a–z, 0–9 and hyphens');

// In unicode mode a surrogate matches only when its partner is missing. Direction overrides show something else than what is written.
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

/** Text a person writes: `least` to `most` characters (an emoji is one), line feeds allowed, nothing that cannot be seen. */
export const PlainText = (least: number, most: number): z.ZodString =>
  z
    .string()
    .max(2 * most)
    .refine((text) => text.trim().length >= least, `at least ${least} characters`)
    .refine((text) => Array.from(text).length <= most, `at most ${most} characters`)
    .refine((text) => !UNSAFE.test(text), 'no control characters');

/** Bytes in base64url without padding, as WebAuthn writes them; at most `most` characters. */
export const Base64UrlField = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/, 'base64url without padding');
