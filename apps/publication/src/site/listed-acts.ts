import type { ListedAct } from '../pages/corrections.page.js';
import type { Listing } from './catalogue.js';

/** Every act the public was told of in words, the latest first. */
export function listedActs({ acts }: Pick<Listing, 'acts'>): readonly ListedAct[] {
  return acts.flatMap(({ organ, year, name, isRatified, at, notice }): ListedAct[] => {
    if (notice === null) return [];
    const { kind, edition, replaces, reason, changes } = notice;
    const { cells = [], texts = [] } = changes ?? {};
    return [
      { organ, year, name, kind, edition, replaces, reason, figures: cells, texts: texts.length, isRatified, at },
    ];
  });
}
