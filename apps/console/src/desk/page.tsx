import { Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Refused } from '../api/send.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';

interface PageProps {
  readonly title: string;
  /** Of the title, where it is what people wrote and not the console's own words. */
  readonly lang?: string | undefined;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
}

/** One page: its heading takes the focus when it opens, so that a reader of the screen begins there. */
export function Page({ title, lang, children, beside }: PageProps) {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${say('name.product')}`;
  }, [title, say]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={beside === undefined ? 'page' : 'page split'}>
      <div>
        <h1 tabIndex={-1} ref={heading} lang={lang}>
          {title}
        </h1>
        {children}
      </div>
      {beside !== undefined && <aside>{beside}</aside>}
    </div>
  );
}

const SLOW_MS = 300;

/** What is shown while something is read for longer than people wait without noticing, or cannot be read. */
export function Instead({
  error,
  retry,
  title,
}: {
  readonly error: unknown;
  readonly retry: () => void;
  readonly title: string;
}) {
  const words = useWords();
  const { say } = words;
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  if (error instanceof Refused && error.problem.status === 404) return <Missing />;
  return (
    <Page title={title}>
      {error === null && isSlow && (
        <div role="status">
          <span className="hidden">{say('state.loading')}</span>
          <Skeleton active={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {error !== null && (
        <>
          <Wrong>{wrongText(error, words)}</Wrong>
          <Button onClick={retry}>{say('state.retry')}</Button>
        </>
      )}
    </Page>
  );
}

/** What is not there, and what one may not see: the two look alike. */
export function Missing() {
  const { say } = useWords();
  return (
    <Page title={say('state.missingTitle')}>
      <p>{say('state.missing')}</p>
      <p>
        <Link to="/">{say('state.home')}</Link>
      </p>
    </Page>
  );
}
