import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { SignedMany } from '#contracts/http/leg.api';
import type { Problem } from '../api/answers.js';
import { isSignedOut } from '../api/send.js';
import { useMe } from '../api/session.js';
import { type Act, actOnce } from './receipts.js';
import { isReady, type Readiness, type Ready, signByPasskey, signTogether } from './signing-together.js';
import { passkeyAnswer, useWays, type Way, wayFor, type Ways } from './signing-way.js';
import { useProved } from './step-up.js';

/** What became of one of them; `problem` why it was not signed. */
export interface Outcome {
  readonly of: Readiness['item'];
  readonly signed: boolean;
  readonly problem: Problem | null;
}

/** Several signatures being made. `asking`: which of how many one is asked for at one's own device. */
export interface SigningTogether {
  readonly ways: Ways;
  readonly picked: readonly Ready[];
  readonly isPicked: (seat: string) => boolean;
  readonly toggle: (seat: string) => void;
  /** With what this one would be signed. */
  readonly wayOf: (one: Ready) => Way | null | undefined;
  readonly outcomes: readonly Outcome[];
  readonly asking: { readonly at: number; readonly all: number; readonly of: Readiness['item'] } | null;
  readonly isBusy: boolean;
  readonly isWaiting: boolean;
  readonly wrong: unknown;
  readonly sign: () => Promise<void>;
}

/**
 * Signs those picked: by password all in one request under one proof, by passkey one after the other, each sent as soon as the device
 * has answered for it. Turning away ends it there: what was signed is signed, the rest stays picked.
 */
export function useSigningTogether(waiting: readonly Readiness[], onSigned: () => void): SigningTogether {
  const me = useMe();
  const proved = useProved(me);
  const ways = useWays();
  const [seats, setSeats] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [asking, setAsking] = useState<SigningTogether['asking']>(null);
  const [isBusy, setBusy] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const running = useRef(false);
  const wayOf = ({ signable }: Ready): Way | null | undefined => wayFor(signable.grade, ways);
  const picked = waiting.filter(isReady).filter((one) => seats.has(one.item.seat) && wayOf(one) != null);

  const send = async (act: Act, of: readonly Ready[]): Promise<void> => {
    const answer = await actOnce(me.person, act, { onWaiting: setWaiting });
    const { results } = answer as z.infer<typeof SignedMany>;
    const dealtWith = new Set(results.map(({ seat }) => seat));
    setSeats((before) => new Set([...before].filter((seat) => !dealtWith.has(seat))));
    const become = results.flatMap(({ seat, signed, problem }) =>
      of.filter(({ item }) => item.seat === seat).map(({ item }) => ({ of: item, signed, problem })),
    );
    setOutcomes((before) => [...before, ...become]);
  };
  const signAll = async (): Promise<void> => {
    const byPassword = picked.filter((one) => wayOf(one) === 'password');
    const byPasskey = picked.filter((one) => wayOf(one) === 'passkey');
    if (byPassword.length > 0) {
      const isProved = await proved(async () => {
        await send(signTogether(byPassword), byPassword);
        return true;
      }, true);
      if (isProved !== true) return;
    }
    for (const [index, one] of byPasskey.entries()) {
      setAsking({ at: index + 1, all: byPasskey.length, of: one.item });
      const answer = await passkeyAnswer(ways, one.signable);
      setAsking(null);
      await send(signByPasskey(one, answer), [one]);
    }
  };
  const sign = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setWrong(undefined);
    setOutcomes([]);
    try {
      await signAll();
    } catch (error) {
      if (!isSignedOut(error)) setWrong(error);
    }
    setAsking(null);
    running.current = false;
    setBusy(false);
    onSigned();
  };
  const toggle = (seat: string): void =>
    setSeats((before) => new Set(before.has(seat) ? [...before].filter((one) => one !== seat) : [...before, seat]));
  return {
    ways,
    picked,
    isPicked: (seat) => seats.has(seat),
    toggle,
    wayOf,
    outcomes,
    asking,
    isBusy,
    isWaiting,
    wrong,
    sign,
  };
}
