import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useWords } from '../words/words.js';

/** Where a person was when his session ended. */
interface Left {
  readonly focus: Element | null;
  readonly title: string;
}

interface KeptScreensProps {
  readonly isEnded: boolean;
  /** The way in again. */
  readonly door: ReactNode;
  readonly children: ReactNode;
}

/**
 * The screens of one person (its key). While his session is over they are out of sight and as he left them, open dialogs and what he
 * typed in them too; he goes on there when he is back. Another person gets screens of his own.
 */
export function KeptScreens({ isEnded, door, children }: KeptScreensProps) {
  const left = useRef<Left | null>(null);
  const onOpen = useCallback((at: Left) => {
    left.current = at;
  }, []);
  useEffect(() => {
    if (isEnded || left.current === null) return;
    document.title = left.current.title;
    if (left.current.focus instanceof HTMLElement) left.current.focus.focus({ preventScroll: true });
    left.current = null;
  }, [isEnded]);
  return (
    <>
      <div className="screens" hidden={isEnded}>
        {children}
      </div>
      {isEnded && <Over onOpen={onOpen}>{door}</Over>}
    </>
  );
}

interface OverProps {
  readonly onOpen: (left: Left) => void;
  readonly children: ReactNode;
}

/** Over everything, an open dialog too: what stands below a modal dialog cannot be reached. */
function Over({ onOpen, children }: OverProps) {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    onOpen({ focus: document.activeElement, title: document.title });
    dialog.current?.showModal();
  }, [onOpen]);
  return (
    <dialog
      ref={dialog}
      className="over"
      aria-label={say('session.endedTitle')}
      onCancel={(event) => event.preventDefault()}
      // Browsers close a dialog on the second Escape whatever a page says.
      onClose={() => dialog.current?.showModal()}
    >
      {children}
    </dialog>
  );
}
