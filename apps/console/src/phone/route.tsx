import { type AnchorHTMLAttributes, type ReactNode, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
window.addEventListener('popstate', () => listeners.forEach((listener) => listener()));

/** Goes to another screen of the phone; `replace` where going back to this one would make no sense. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  window.scrollTo(0, 0);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The path shown. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname);

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: string;
  readonly replace?: boolean;
  readonly children: ReactNode;
}

/** A link to another screen of the phone; with a key held it is an ordinary link. */
export function Link({ to, replace = false, children, ...rest }: LinkProps) {
  return (
    <a
      href={to}
      onClick={(event) => {
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to, { replace });
      }}
      {...rest}
    >
      {children}
    </a>
  );
}
