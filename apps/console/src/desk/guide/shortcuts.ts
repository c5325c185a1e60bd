import { useEffect } from 'react';

/** What a combination of keys does on every page. */
export interface Shortcuts {
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Ctrl+K finds, Ctrl+/ lists the keys; with single keys switched on J and K move along rows. Never while something is composed or, for
 * single keys, typed.
 */
export function useShortcuts({ onPalette, onKeys }: Shortcuts, withSingleKeys: boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey) return;
      const isHeld = event.ctrlKey || event.metaKey;
      if (isHeld && event.key.toLowerCase() === 'k') onPalette();
      else if (isHeld && event.key === '/') onKeys();
      else if (withSingleKeys && !isHeld && !isTyping(event.target) && moveAlongRows(event.key)) return;
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onPalette, onKeys, withSingleKeys]);
}

/** J to the next row, K to the one before. */
function moveAlongRows(key: string): boolean {
  const step = { j: 1, k: -1 }[key];
  if (step === undefined) return false;
  const rows = [...document.querySelectorAll<HTMLElement>('main a.row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  rows.at(Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step)))?.focus();
  return true;
}
