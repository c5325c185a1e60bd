import type { Instant } from '#domain/instant';
import type { FaultCode, LedgerFault } from './fault.js';

/** What is gone because two administrators had it erased. `where`: the entry whose body it was. */
export interface ErasedBody {
  readonly in: string;
  readonly where: string;
  readonly by: readonly string[];
  readonly reason: string;
  readonly ground: string;
  readonly at: Instant;
}

/** Whoever has altered everything is found out by the first thousands. */
const MOST_LISTED = 5000;

/** What an audit finds: all of it counted, the first thousands listed. */
export class FaultList {
  readonly listed: LedgerFault[] = [];
  readonly erased: ErasedBody[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Keeps what is no fault, but gone. */
  excuse(one: ErasedBody): void {
    this.erased.push(one);
  }

  add(code: FaultCode, place: string, where: string): void {
    this.#total += 1;
    if (this.listed.length < MOST_LISTED) this.listed.push({ code, in: place, where });
  }
}
