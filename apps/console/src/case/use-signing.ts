import { useState } from 'react';
import type { Signable } from '../api/answers.js';
import type { CaseFile } from '../api/case-file.js';
import { type Acting, signature, useActing } from './acting.js';
import { signableKey } from './sign-fields.js';
import { passkeyAnswer, useWays, type Way, wayFor, type Ways } from './signing-way.js';

/** A signature being made: for whom, what was gone through, and with what. */
export interface Signing extends Omit<Acting, 'act'> {
  readonly chosen: Signable;
  readonly choose: (key: string) => void;
  readonly checked: ReadonlySet<string>;
  readonly check: (checked: ReadonlySet<string>) => void;
  /** How many items have not been gone through. */
  readonly missing: number;
  readonly ways: Ways;
  /** Null: this person cannot sign here now; undefined until that is known. */
  readonly way: Way | null | undefined;
  readonly sign: () => void;
}

/** Signs one seat of a case: `first`, or another one the person chooses. */
export function useSigning(file: CaseFile, first: Signable, onDone: () => void): Signing {
  const [key, choose] = useState(signableKey(first));
  const chosen = file.current.signable.find((one) => signableKey(one) === key) ?? first;
  const [checked, check] = useState<ReadonlySet<string>>(new Set());
  const ways = useWays();
  const way = wayFor(chosen.grade, ways);
  const { act, ...acting } = useActing(onDone);
  const sign = (): void => {
    if (way === 'password') void act(signature(file, chosen, checked));
    if (way !== 'passkey') return;
    const prepare = async () => signature(file, chosen, checked, await passkeyAnswer(ways, chosen));
    void act({ prepare, needsProof: false });
  };
  const missing = chosen.checklist.filter(({ id }) => !checked.has(id)).length;
  return { ...acting, chosen, choose, checked, check, missing, ways, way, sign };
}
