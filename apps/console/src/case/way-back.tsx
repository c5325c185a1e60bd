import { useEffect } from 'react';
import { useWords } from '../words/words.js';

/** From where one was led to a place of the text: a signature under way, or a line of what the checks found. */
export type CameFrom = { readonly kind: 'sign' } | { readonly kind: 'checks'; readonly line: Element | null };

/** The line one is at now, as what to come back to. */
export const fromLine = (): CameFrom => ({ kind: 'checks', line: document.activeElement });

interface WayBackProps {
  readonly from: CameFrom;
  readonly onBack: () => void;
}

/** Back to where one came from, by the button or by Escape; a line of the checks has the focus again. */
export function WayBack({ from, onBack }: WayBackProps) {
  const { say } = useWords();
  const back = (): void => {
    onBack();
    if (from.kind === 'checks' && from.line instanceof HTMLElement) from.line.focus();
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return;
      // The dialog that comes back would take the key for its own and close.
      event.preventDefault();
      back();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
  return (
    <div className="way-back">
      <button type="button" className="button" onClick={back}>
        <span aria-hidden="true">‹</span> {say(from.kind === 'sign' ? 'checks.backToSign' : 'checks.back')}
      </button>
    </div>
  );
}
