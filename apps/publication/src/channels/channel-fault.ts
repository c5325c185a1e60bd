import type { ChannelCause } from '#contracts/channel-causes';

/** Why a delivery did not arrive. `data` fills the sentence of the cause: statuses and addresses, never secrets or text of the report. */
export class ChannelFault extends Error {
  constructor(
    readonly reason: ChannelCause,
    readonly data: Readonly<Record<string, string | number>> = {},
    cause?: unknown,
  ) {
    super(reason, { cause });
    this.name = 'ChannelFault';
  }
}

/** The cause of whatever a channel threw; what is no fault of a channel is told by its code alone. */
export function faultOf(error: unknown): ChannelFault {
  if (error instanceof ChannelFault) return error;
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return new ChannelFault('timeout', {}, error);
  const said = typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
  return new ChannelFault('channel_fault', { reason: said }, error);
}
