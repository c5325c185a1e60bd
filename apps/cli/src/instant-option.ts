import { InvalidArgumentError } from 'commander';

/** Reads a time with its offset and answers it in UTC. Throws InvalidArgumentError, which commander shows. */
export function instantOption(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : null;
  if (time === null || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('时间应带时区，如 2026-01-29T09:00+08:00 a time with its offset');
  return time.toISOString();
}
