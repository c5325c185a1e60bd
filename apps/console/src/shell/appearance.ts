import { useSyncExternalStore } from 'react';

export const SIZES = ['normal', 'large', 'largest'] as const;
type Size = (typeof SIZES)[number];

/** How the console looks for this person on this device. */
export interface Appearance {
  readonly size: Size;
  readonly contrast: 'normal' | 'high';
  /** Keys without Ctrl act too: only for those who want them. */
  readonly singleKeys: boolean;
}

const PLACE = 'sunward.appearance';
const PLAIN: Appearance = { size: 'normal', contrast: 'normal', singleKeys: false };
const listeners = new Set<() => void>();
let appearance = remembered();

function remembered(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Appearance>;
    const size = SIZES.find((one) => one === kept.size) ?? PLAIN.size;
    return { size, contrast: kept.contrast === 'high' ? 'high' : 'normal', singleKeys: kept.singleKeys === true };
  } catch {
    return PLAIN; // storage is shut or holds something else: the page looks as it does for everybody
  }
}

/** Puts the appearance on the document; the style sheet does the rest. */
export function applyAppearance(): void {
  document.documentElement.dataset['size'] = appearance.size;
  document.documentElement.dataset['contrast'] = appearance.contrast;
}

/** What another window of the same person chose holds here as well. */
export function followAppearance(): void {
  addEventListener('storage', ({ key }) => {
    if (key !== PLACE) return;
    appearance = remembered();
    applyAppearance();
    for (const listener of listeners) listener();
  });
}

export function changeAppearance(changed: Partial<Appearance>): void {
  appearance = { ...appearance, ...changed };
  try {
    localStorage.setItem(PLACE, JSON.stringify(appearance));
  } catch {
    // Storage is shut: it holds for this page.
  }
  applyAppearance();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => appearance);
