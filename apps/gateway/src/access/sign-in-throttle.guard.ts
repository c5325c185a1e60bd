import { Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { RefusalError } from '#service-runtime/refusal-error';

const MINUTE_MS = 60_000;

const loginOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'login' in body && typeof body.login === 'string' ? body.login : '';

/**
 * Sign-ins a minute, by process: 30 for one name from one address, 600 for one address.
 * A whole office may stand behind one address at nine in the morning, so the second is no small number.
 */
export const signInThrottle: ThrottlerModuleOptions = {
  throttlers: [
    {
      name: 'name',
      ttl: MINUTE_MS,
      limit: 30,
      getTracker: (request) => {
        const { ip, body } = request as unknown as FastifyRequest;
        return `${ip} ${loginOf(body).slice(0, 100).toLowerCase()}`;
      },
    },
    { name: 'address', ttl: MINUTE_MS, limit: 600 },
  ],
};

/** Refuses `too_many_attempts` before any password is hashed. Only on routes that take a password. */
@Injectable()
export class SignInThrottleGuard extends ThrottlerGuard {
  protected override throwThrottlingException(
    _context: unknown,
    { timeToBlockExpire }: { timeToBlockExpire: number },
  ): Promise<void> {
    throw new RefusalError('too_many_attempts', { retryAfterSeconds: Math.max(1, timeToBlockExpire) });
  }
}
