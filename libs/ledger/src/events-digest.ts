/**
 * SQL for the digest of what happened, out of an entry's bytes; null where it names none. The bytes are canonical JSON in which no other place can hold
 * this, and a cast would fail for bytes somebody altered.
 */
export const EVENTS = `substring(encode(bytes, 'escape') from '"events":"([0-9a-f]{64})"')`;
