import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { readReady } from '../case/signing-together.js';
import { TogetherParts } from '../case/together-parts.js';
import { useSigningTogether } from '../case/use-signing-together.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Page } from './page.js';
import { queries, useInbox } from './queries.js';

/** 一起签: what one has looked at already, each ticked by hand and signed by itself. */
export function TogetherPage() {
  const words = useWords();
  const { say } = words;
  const inbox = useInbox();
  const items = inbox.data?.items;
  const { data, error, refetch } = useQuery({
    queryKey: ['together', items?.map(({ seat }) => seat)],
    queryFn: ({ signal }) => readReady(items ?? [], signal),
    enabled: items !== undefined,
  });
  const signing = useSigningTogether(data ?? [], () => void queries.invalidateQueries());
  const wrong = inbox.error ?? error;
  const title = say('together.title');
  if (data === undefined)
    return <Instead error={wrong} retry={() => void Promise.all([inbox.refetch(), refetch()])} title={title} />;
  const { picked, isBusy, sign } = signing;
  return (
    <Page title={title}>
      {wrong !== null && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <TogetherParts
        waiting={data}
        signing={signing}
        link={(caseId, content) => (
          <Link to={`/cases/${caseId}`} className="card">
            {content}
          </Link>
        )}
      />
      {picked.length > 0 && (
        <div className="acts">
          <Button type="primary" size="large" aria-disabled={isBusy} onClick={() => void sign()}>
            {isBusy ? say('sign.acting') : say('together.act', { count: picked.length })}
          </Button>
        </div>
      )}
    </Page>
  );
}
