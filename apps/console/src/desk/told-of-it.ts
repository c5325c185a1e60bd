import type { Publication } from './queries.js';

type Edition = Publication['editions'][number];
export type ToldPerson = Publication['told'][number];

/** Acts that make an edition public; a ratification confirms one that is. */
const SHOWS: ReadonlySet<Edition['kind']> = new Set([null, 'publish', 'correct', 'emergency']);
/** From these on there is something to tell. */
const TAKEN_EFFECT: ReadonlySet<Edition['state']> = new Set(['live', 'superseded', 'withdrawn', 'done']);

/** Of what people are told when this act on an edition has taken effect; null while it has not, and where nobody is told. */
export function newsOf({ kind, state }: Pick<Edition, 'kind' | 'state'>): ToldPerson['news'] | null {
  if (!TAKEN_EFFECT.has(state)) return null;
  if (SHOWS.has(kind)) return 'live';
  return kind === 'withdraw' ? 'taken-down' : null;
}

/** Who was to be told of it: drafters first, then in the order of the people's stages as they were asked, those it has not reached before them. */
export function toldOf(edition: Edition, { told }: Pick<Publication, 'told'>): readonly ToldPerson[] {
  const news = newsOf(edition);
  const own = told.filter((one) => one.news === news && one.edition === edition.edition);
  const rank = ({ because, isDrafter }: ToldPerson): number => (because !== null ? 0 : isDrafter ? 1 : 2);
  return own.toSorted((a, b) => rank(a) - rank(b));
}

/** How many automatic deliveries to programs and sites have arrived, of how many there are; what a person posts by hand is not among them. */
export function arrivedOf({ deliveries }: Pick<Edition, 'deliveries'>): {
  readonly arrived: number;
  readonly all: number;
} {
  const own = deliveries.filter(
    ({ kind, state }) =>
      kind !== 'wechat-draft' && state !== 'prepared' && state !== 'superseded' && state !== 'dropped',
  );
  return { arrived: own.filter(({ state }) => state === 'delivered').length, all: own.length };
}
