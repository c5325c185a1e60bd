import { placeId } from './report-text.js';

/** Brings a place of the text before the eyes and the focus to it, so that a reader of the screen reads it and the keyboard goes on from there. */
export function goToPlace(mark: string): void {
  const place = document.getElementById(placeId(mark));
  if (place === null) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'center', inline: 'center' });
}
