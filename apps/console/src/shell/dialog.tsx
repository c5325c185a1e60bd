import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Out of the way for a while: what was done in it stays, and it comes back with the focus where it was. */
  readonly isAside?: boolean;
  readonly children: ReactNode;
}

/** A question over the page. The browser's own: it keeps the focus in, gives it back, and closes on Escape. */
export function Dialog({ title, onClose, isAside = false, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const left = useRef<Element | null>(null);
  useEffect(() => {
    if (isAside) {
      left.current = document.activeElement;
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    if (left.current instanceof HTMLElement) left.current.focus();
  }, [isAside]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
