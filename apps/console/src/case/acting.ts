import { useRef, useState } from 'react';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import type { PasskeyAnswer } from '../api/passkeys.js';
import { isSignedOut, Refused } from '../api/send.js';
import { useMe } from '../api/session.js';
import { type Act, actOnce, type Receipt } from './receipts.js';
import { useProved } from './step-up.js';

/** Refusals that mean: what was looked at is not what stands there now. */
const MOVED_ON = new Set(['content_changed', 'signed_something_else', 'slot_not_open', 'not_viewed', 'passed_on']);

/** True when the case has to be looked at again before anything can be done with it. */
export const hasMovedOn = (error: unknown): boolean => error instanceof Refused && MOVED_ON.has(error.problem.code);

/** An act that is made by something the person does first, at his own device for instance. */
export interface ActToPrepare {
  readonly prepare: () => Promise<Act>;
  readonly needsProof: boolean;
}

/**
 * An act under way. `isAsking`: the person is asked at his own device; `isWaiting`: it was sent and nobody has answered yet; `wrong`:
 * why it did not happen.
 */
export interface Acting {
  readonly isBusy: boolean;
  readonly isAsking: boolean;
  readonly isWaiting: boolean;
  readonly wrong: unknown;
  readonly act: (what: Act | ActToPrepare) => Promise<void>;
}

/** Does something once, however often the button is pressed, with proof of the person where that is asked for. */
export function useActing(onDone: (outcome: unknown) => void): Acting {
  const me = useMe();
  const proved = useProved(me);
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const running = useRef(false);
  const prepared = async ({ prepare }: ActToPrepare): Promise<Act> => {
    setAsking(true);
    try {
      return await prepare();
    } finally {
      setAsking(false);
    }
  };
  const act = async (what: Act | ActToPrepare): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setWrong(undefined);
    try {
      const sent = async (): Promise<unknown> =>
        actOnce(me.person, 'prepare' in what ? await prepared(what) : what, { onWaiting: setWaiting });
      const outcome = await proved(sent, what.needsProof === true);
      if (outcome !== undefined) onDone(outcome);
    } catch (error) {
      if (!isSignedOut(error)) setWrong(error);
    }
    running.current = false;
    setBusy(false);
  };
  return { isBusy, isAsking, isWaiting, wrong, act };
}

type Of = Pick<CaseFile, 'line' | 'current'>;

/** Where the services take what is done to a case. */
export const legPathOf = ({ leg, case: caseId }: CaseFile['line']): string => `/${leg}-cases/${caseId}`;

function receiptOf({ line }: Of, act: Receipt['act'], seat: string): Omit<Receipt, 'at'> {
  const { leg, case: caseId, organName, year } = line;
  return { act, case: caseId, leg, seat, organName, year };
}

/**
 * The signature on a seat, over the statement that was shown, with what was gone through; by the person's own passkey where it
 * answered for exactly that statement, else by the password entered once more.
 */
export function signature(
  of: Of,
  { seat, digest, onBehalfOf, checklist }: Signable,
  checked: ReadonlySet<string>,
  passkey?: PasskeyAnswer,
): Act {
  return {
    path: `${legPathOf(of.line)}/signatures`,
    body: {
      seat,
      statement: digest,
      onBehalfOf,
      checked: checklist.map(({ id }) => id).filter((id) => checked.has(id)),
      ...(passkey && { passkey }),
    },
    receipt: receiptOf(of, 'signed', seat),
    needsProof: passkey === undefined,
  };
}

/** What one returns a case with; '' where nothing was chosen. `to` '': to the drafter. */
export interface Returning {
  readonly reason: string;
  readonly place: string;
  readonly to: string;
}

/** The return of a case by whoever could sign this seat. */
export function giveBack(of: Of, { seat, onBehalfOf }: Signable, { reason, place, to }: Returning): Act {
  const body = {
    seat,
    content: of.current.content,
    reason: reason.trim(),
    place: place === '' ? null : place,
    to: to === '' ? null : to,
    onBehalfOf,
  };
  return { path: `${legPathOf(of.line)}/returns`, body, receipt: receiptOf(of, 'returned', seat) };
}

/** The person's own signature on a seat, taken back. */
export const takeBack = (of: Of, seat: string): Act => ({
  path: `${legPathOf(of.line)}/take-backs`,
  body: { seat, content: of.current.content },
  receipt: receiptOf(of, 'takenBack', seat),
});

/** The recall of what is approved and not yet released. */
export const recall = (of: Of, reason: string): Act => ({
  path: `${legPathOf(of.line)}/recall`,
  body: { content: of.current.content, reason },
  receipt: { ...receiptOf(of, 'recalled', ''), seat: null },
});
