import { type ReactNode, useEffect, useRef } from 'react';
import { Refused } from '../api/send.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { Link } from './route.js';
import type { Loaded } from './use-load.js';

interface ScreenProps {
  readonly title: string;
  readonly back?: string;
  readonly children: ReactNode;
  /** Stays at the lower edge: what one can do here. */
  readonly bar?: ReactNode;
}

/** One screen: its heading takes the focus when it opens, so that a reader of the screen begins there. */
export function Screen({ title, back, children, bar }: ScreenProps) {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${say('name.product')}`;
  }, [title, say]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="screen">
      <header className="head">
        {back !== undefined && (
          <Link to={back} className="back">
            <span aria-hidden="true">‹</span> {say('sign.back')}
          </Link>
        )}
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
      </header>
      <main>
        {children}
        {bar !== undefined && <div className="bar">{bar}</div>}
      </main>
    </div>
  );
}

/** What is shown instead of something that is not there yet, or cannot be read. */
export function Instead({ loaded, title }: { readonly loaded: Loaded<unknown>; readonly title: string }) {
  const words = useWords();
  const { say } = words;
  const { error, isSlow, reload } = loaded;
  if (error === undefined) {
    return <Screen title={title}>{isSlow && <p role="status">{say('state.loading')}</p>}</Screen>;
  }
  if (error instanceof Refused && error.problem.status === 404) return <Missing />;
  return (
    <Screen title={title}>
      <Wrong>{wrongText(error, words)}</Wrong>
      <button type="button" className="button wide" onClick={reload}>
        {say('state.retry')}
      </button>
    </Screen>
  );
}

/** What is not there, and what one may not see: the two look alike. */
export function Missing() {
  const { say } = useWords();
  return (
    <Screen title={say('state.missingTitle')}>
      <p>{say('state.missing')}</p>
      <Link to="/m" className="button wide">
        {say('state.home')}
      </Link>
    </Screen>
  );
}
