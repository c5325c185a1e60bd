import type { Notice } from './notice.js';
import type { LegFacts, ReportFacts, RequestFacts } from './report-facts.js';
import { aboutRound } from './about-round.js';
import { goesOn, openLegs } from './rounds.js';

/**
 * Opinions asked for and not yet given, answers to whoever asked, and copies, of one round. An opinion is wanted while
 * people sign; what was said or copied is news while the round goes on.
 */
export function requestNotices(
  { requests }: Pick<ReportFacts, 'requests'>,
  round: readonly LegFacts[],
): readonly Notice[] {
  const [leg] = round;
  if (leg === undefined || !goesOn(round)) return [];
  const own = requests.filter((one) => one.case === leg.case && one.round === leg.round);
  const newestFirst = own.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1));
  const asked = openLegs(round).length > 0 ? newestFirst.filter((one) => isUnanswered(one, own)) : [];
  return [
    ...asked.flatMap((one) => noticeTo([one.person], `consulted:${leg.case}`, one, leg)),
    ...newestFirst
      .filter(({ kind }) => kind === 'answered')
      .flatMap((one) => noticeTo(askersOf(one, own), `answered:${leg.case}:${one.by ?? ''}`, one, leg)),
    ...newestFirst
      .filter(({ kind }) => kind === 'copied')
      .flatMap((one) => noticeTo([one.person], `copied:${leg.case}`, one, leg)),
  ];
}

/** Nobody has answered in his name since he was asked. */
function isUnanswered({ kind, person, at }: RequestFacts, own: readonly RequestFacts[]): boolean {
  const answered = own.some((one) => one.kind === 'answered' && one.by === person && one.at >= at);
  return kind === 'consulted' && person !== null && !answered;
}

function askersOf({ person, by }: RequestFacts, own: readonly RequestFacts[]): readonly (string | null)[] {
  if (person !== null) return [person];
  return own.filter((one) => one.kind === 'consulted' && one.person === by).map((one) => one.by);
}

function noticeTo(
  people: readonly (string | null)[],
  topic: string,
  { id, kind, stage, by }: RequestFacts,
  leg: LegFacts,
): readonly Notice[] {
  const known = people.filter((person) => person !== null);
  return known.map((person) => ({ ...aboutRound(leg, topic), person, kind, mark: id, stage, actor: by }));
}
