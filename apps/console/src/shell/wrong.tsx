import type { ReactNode } from 'react';

/** Something that went wrong, said at once to whoever listens. */
export function Wrong({ children }: { readonly children: ReactNode }) {
  return (
    <p role="alert" className="note bad">
      <span aria-hidden="true">✕ </span>
      {children}
    </p>
  );
}
