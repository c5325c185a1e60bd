import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { LegEvent, Round, Seat } from './leg.js';
import { type LedgerStep, replayDifference, replayLeg } from './leg-replay.js';

const AT = instant('2026-01-20T01:00:00.000Z');
const CONTENT = digest('c'.repeat(64));
const DOSSIER = digest('d'.repeat(64));
const seat: Seat = { id: 's1', stage: 'one', ordinal: 0, role: 'reviewer', organ: 'xiangyang', person: null, addedBy: null, signature: null }; // prettier-ignore
const round = (nth: number): Round => ({
  case: 'case', round: nth, pass: 1, kind: 'publish', leg: 'review', document: 'document', edition: 1, organ: 'xiangyang', year: 2020,
  content: CONTENT, route: CONTENT, submission: CONTENT, submitter: 'drafter', contributors: ['drafter'], notBefore: null, notice: null,
  undoSeconds: 0, stages: [], stagesBefore: [], countedElsewhere: [],
}); // prettier-ignore
const step = (events: readonly LegEvent[], digests: LedgerStep['digests'] = {}): LedgerStep => ({ events, digests });
const opens = (nth: number): LedgerStep => step([{ type: 'opened', round: round(nth), seats: [seat] }]);
const signs = step(
  [{ type: 'seat-signed', seat: 's1', actor: 'zhang', onBehalfOf: null, at: AT, as: null }, { type: 'cleared' }],
  { content: CONTENT, dossier: DOSSIER },
); // prettier-ignore

describe('a leg told again from its ledger', () => {
  it('has every round that was opened, each as it ended, with what it handed on', () => {
    const told = replayLeg([opens(1), step([{ type: 'superseded' }]), opens(2), signs]);
    expect(told.map(({ legCase, dossier }) => [legCase.round.round, legCase.state, dossier])).toEqual([
      [1, 'superseded', null],
      [2, 'cleared', DOSSIER],
    ]);
    expect(told[1]?.legCase.seats[0]?.signature).toMatchObject({ actor: 'zhang', at: AT });
  });

  it('is refused when its beginning is missing', () => {
    expect(() => replayLeg([signs])).toThrow('entry 0 of the case follows no opening');
    expect(replayLeg([])).toEqual([]);
  });

  it('says where a row says otherwise, and which rounds are missing', () => {
    const [one] = replayLeg([opens(1), signs]);
    const { legCase } = one!;
    const seats = legCase.seats.map((kept) => ({ ...kept, person: 'li' }));
    expect(replayDifference([one!], [one!])).toBeNull();
    expect(replayDifference([one!], [{ ...one!, legCase: { ...legCase, seats } }])).toBe('round 1.1.legCase.seats[0].person');
    expect(replayDifference([one!], [{ ...one!, dossier: CONTENT }])).toBe('round 1.1.dossier');
    expect(replayDifference([one!], [{ ...one!, legCase: { ...legCase, seats: [] } }])).toBe('round 1.1.legCase.seats[0]');
    expect(replayDifference([one!], [])).toBe('1 rounds in the ledger, 0 in the table');
  }); // prettier-ignore
});
