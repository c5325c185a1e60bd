import type { Digest } from '#domain/identifiers';
import type { Sealed } from './case-file.js';
import { must } from './promise.js';

/** What publication answers once it has acted, or found that it came too late. */
export type Effect = 'effective' | 'superseded';

/** A small model of publication and of what the public sees. */
export class Publication {
  live: { readonly edition: number; readonly content: Digest } | null = null;
  /** Highest edition that was ever public. */
  highest = 0;
  /** Bundles that were acted on. */
  readonly acted = new Set<string>();
  private readonly jobs = new Map<string, { readonly sealed: Sealed; released: boolean }>();
  private readonly givenUp = new Set<string>();

  constructor(private readonly sealed: ReadonlyMap<string, Sealed>) {}

  /** Takes a message for a hint: what counts is the bundle it names. Answers whether message and bundle are one. */
  hear(type: 'granted' | 'released', bundle: string, said: Sealed): boolean {
    const proved = this.sealed.get(bundle);
    if (proved === undefined || JSON.stringify(proved) !== JSON.stringify(said)) return false;
    const job = this.jobs.get(bundle) ?? { sealed: proved, released: false };
    job.released ||= type === 'released';
    this.jobs.set(bundle, job);
    return true;
  }

  /** Bundles that may be acted on; those that were as well, for a worker that does not know. */
  released(): readonly (readonly [string, Sealed])[] {
    return [...this.jobs]
      .filter(([bundle, job]) => job.released && !this.givenUp.has(bundle))
      .map(([bundle, { sealed }]) => [bundle, sealed]);
  }

  heardOf(): readonly (readonly [string, Sealed])[] {
    return [...this.jobs].map(([bundle, { sealed }]) => [bundle, sealed]);
  }

  /** What cannot be proved is given up for good before anybody hears of it. False when it has taken effect already. */
  giveUp(bundle: string): boolean {
    if (!this.acted.has(bundle)) this.givenUp.add(bundle);
    return this.givenUp.has(bundle);
  }

  /** Acts on a released bundle; doing so again changes nothing. */
  act(bundle: string, { kind, edition, content }: Sealed): Effect {
    must(!this.givenUp.has(bundle), 'I10: what was given up never takes effect');
    if (this.acted.has(bundle)) return 'effective';
    const standing = this.live?.edition === edition;
    if (kind === 'withdraw' && standing) this.live = null;
    else if (kind === 'ratify' ? !standing : kind === 'withdraw' || edition <= this.highest) return 'superseded';
    else if (kind !== 'ratify') {
      must(edition > this.highest, 'I11: the live edition never goes back');
      this.highest = edition;
      this.live = { edition, content };
    }
    this.acted.add(bundle);
    return 'effective';
  }
}
