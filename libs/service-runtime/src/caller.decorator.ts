import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CalledRequest, Caller } from './caller.guard.js';

/** The proved caller of a guarded route. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (!caller) throw new Error('this route is public and has no caller');
  return caller;
});
