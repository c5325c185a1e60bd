import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WritingKind } from '../../apps/drafting/src/domain/report-life.js';
import { isRefusal } from '#domain/decision';
import { rows } from '#persistence/sql';
import { DraftingWorld, sampleWith, type Submitted } from '../support/drafting-world.js';

// Histories of reports whose emergencies are ratified, refused, put to ratification again and overtaken, over the real use cases on a real
// database, held after every step against a second opinion that shares nothing with their rules.

const STEPS = ['write', 'submit', 'emergency', 'live', 'end', 'correct', 'ratified', 'refused', 'ratify', 'withdraw', 'withdrawn', 'late'] as const; // prettier-ignore
type Step = (typeof STEPS)[number];
interface Chosen {
  readonly step: Step;
  readonly pick: number;
}

const HISTORIES = 8;
/** What is likely at all comes often; the same histories in every run. */
const histories = fc.sample(
  fc.array(
    fc.record({
      step: fc.constantFrom<Step>(...STEPS, 'write', 'emergency', 'emergency', 'live', 'live', 'ratified', 'refused', 'ratify'), // prettier-ignore
      pick: fc.nat(99),
    }),
    { minLength: 40, maxLength: 60, size: 'max' },
  ),
  { numRuns: HISTORIES, seed: 20_200_131 },
);
const TEXTS = [sampleWith('', ''), sampleWith('其它方式', '其他方式')];

type Handed = Submitted & { readonly kind: string };
type Standing = 'submitted' | 'refused' | 'done' | 'moot';

/** One report with what a reader of the announcements alone would say of its ratifications. */
class History {
  readonly expected = new Map<number, { state: Standing; case: string; round: number }>();
  readonly reached = new Set<string>();
  private text: Handed | null = null;
  private withdrawal: Handed | null = null;
  private publicEdition = 0;
  private handed: readonly Handed[] = [];
  private readonly said: (() => Promise<void>)[] = [];

  constructor(
    private readonly world: DraftingWorld,
    readonly document: string,
  ) {}

  async run({ step, pick }: Chosen): Promise<void> {
    this.handed = (await this.world.announced(this.document, 'drafting.edition-submitted')) as unknown as Handed[];
    await this[step](pick);
  }

  private async write(pick: number): Promise<void> {
    await this.world.write(this.document, TEXTS[pick % 2]!);
  }

  private async submit(): Promise<void> {
    const now = (await this.world.view(this.document)).public;
    await this.submitAs(now === null ? 'publish' : 'correct');
  }

  private emergency(): Promise<void> {
    return this.submitAs('emergency');
  }

  private async submitAs(kind: WritingKind): Promise<void> {
    const open = [...this.expected.values()].some(({ state }) => state === 'submitted' || state === 'refused');
    const submitted = await this.world.submit(this.document, kind);
    if (isRefusal(submitted)) return;
    if (kind === 'emergency') expect(open).toBe(false);
    this.text = { ...submitted, kind };
  }

  private async end(pick: number): Promise<void> {
    const { text } = this;
    if (text === null) return;
    this.text = null;
    await this.tell(() =>
      this.world.hear('review.ended', { ...text, kind: pick % 2 === 0 ? 'returned' : 'cancelled' }),
    );
  }

  private async live(): Promise<void> {
    const { text } = this;
    if (text === null) return;
    this.text = null;
    await this.tell(() => this.world.took('live', text));
    this.publicEdition = text.edition;
    if (text.kind !== 'emergency') return;
    const [opened, ...more] = (await this.submissions('ratify')).filter(({ edition }) => edition === text.edition);
    expect({ opened, more }).toMatchObject({ opened: { round: 1, content: text.content }, more: [] });
    this.expected.set(text.edition, { state: 'submitted', case: opened!.case, round: 1 });
  }

  private async correct(): Promise<void> {
    await this.world.correct(this.document);
  }

  /** Publication says of a ratification that it is done, perhaps of one long over. */
  private async ratified(pick: number): Promise<void> {
    const of = this.oneOf('ratify', pick);
    if (of === undefined) return;
    const standing = this.inHand(of);
    if (standing === undefined) this.reached.add('news of a ratification that is over');
    else {
      standing.state = 'done';
      this.reached.add(of.round > 1 ? 'ratified after a refusal' : 'ratified');
    }
    await this.tell(() => this.world.took('ratified', of));
  }

  private async refused(pick: number): Promise<void> {
    const of = this.oneOf('ratify', pick);
    if (of === undefined) return;
    const standing = this.inHand(of);
    if (standing !== undefined) {
      standing.state = 'refused';
      this.reached.add('refused');
    }
    await this.tell(() => this.world.hear('approval.ended', { ...of, kind: 'returned' }));
    if (standing === undefined || of.edition !== this.publicEdition) return;
    const withdrawals = await this.rowsOf('withdraw');
    expect(withdrawals.some(({ state }) => ['prepared', 'submitted', 'returned', 'done'].includes(state))).toBe(true);
  }

  /** Somebody puts a refused ratification to signature again, just before late news of the round that was refused. */
  private async ratify(): Promise<void> {
    const again = await this.world.ratify(this.document);
    if (isRefusal(again)) return;
    const standing = this.expected.get(again.edition);
    expect(standing).toMatchObject({ state: 'refused', case: again.case, round: again.round - 1 });
    Object.assign(standing!, { state: 'submitted', round: again.round });
    this.reached.add('news of an earlier round while another is in hand');
    await this.tell(() => this.world.took('ratified', { ...again, round: again.round - 1 }));
  }

  private async withdraw(): Promise<void> {
    const withdrawal = await this.world.withdraw(this.document);
    if (!isRefusal(withdrawal)) this.withdrawal = { ...withdrawal, kind: 'withdraw' };
  }

  private async withdrawn(): Promise<void> {
    const { withdrawal } = this;
    if (withdrawal === null) return;
    this.withdrawal = null;
    for (const [edition, standing] of this.expected)
      if (edition <= withdrawal.edition && ['submitted', 'refused'].includes(standing.state)) {
        standing.state = 'moot';
        this.reached.add('needless, since it was taken back');
      }
    await this.tell(() => this.world.took('withdrawn', withdrawal));
  }

  /** Something said before is said once more. */
  private async late(pick: number): Promise<void> {
    await this.said[pick % Math.max(1, this.said.length)]?.();
  }

  async standing(): Promise<Record<number, string>> {
    return Object.fromEntries((await this.rowsOf('ratify')).map(({ edition, state }) => [edition, state]));
  }

  private async tell(news: () => Promise<void>): Promise<void> {
    this.said.push(news);
    await news();
  }

  private oneOf(kind: string, pick: number): Handed | undefined {
    const all = this.handed.filter((one) => one.kind === kind);
    return pick % 2 === 0 ? all[(pick / 2) % Math.max(1, all.length)] : all.at(-1);
  }

  private inHand({ edition, case: of, round }: Handed): { state: Standing } | undefined {
    const standing = this.expected.get(edition);
    return standing?.state === 'submitted' && standing.case === of && standing.round === round ? standing : undefined;
  }

  private async submissions(kind: string): Promise<Handed[]> {
    const all = (await this.world.announced(this.document, 'drafting.edition-submitted')) as unknown as Handed[];
    return all.filter((one) => one.kind === kind);
  }

  private rowsOf(kind: string): Promise<{ edition: number; state: string }[]> {
    return rows(this.world.db, 'SELECT edition, state FROM public_act WHERE report_id = $1 AND kind = $2', [
      this.document,
      kind,
    ]);
  }
}

describe('emergencies in any history', () => {
  let world: DraftingWorld;
  const reached = new Set<string>();
  beforeAll(async () => {
    world = await DraftingWorld.open(histories.map((_, index) => `organ-${index}`));
  }, 60_000);
  afterAll(() => world?.close());

  it.each(histories.map((steps, index) => [index, steps] as const))(
    'stand after each step of history %i as whoever heard the announcements says',
    async (index, steps) => {
      const history = new History(world, await world.start(`organ-${index}`));
      for (const [at, chosen] of steps.entries()) {
        await history.run(chosen);
        const said = Object.fromEntries([...history.expected].map(([edition, { state }]) => [edition, state]));
        expect({ at, chosen, standing: await history.standing() }).toEqual({ at, chosen, standing: said });
      }
      for (const what of history.reached) reached.add(what);
    },
  );

  it('are ratified, refused, ratified after a refusal, and overtaken in some', () => {
    expect([...reached].toSorted()).toEqual([
      'needless, since it was taken back',
      'news of a ratification that is over',
      'news of an earlier round while another is in hand',
      'ratified',
      'ratified after a refusal',
      'refused',
    ]);
  });
});
