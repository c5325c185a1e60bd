import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Report } from '../../api/answers.js';
import type { Suggestions } from '../../api/notes.js';
import { read, Refused } from '../../api/send.js';
import { notePlaceWords } from '../../case/note-places.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';

type Suggestion = Suggestions['items'][number];

/** What reviewers propose and nobody has taken over or settled yet; none for whoever does not draft. */
const useSuggestions = (document: string) =>
  useQuery({
    queryKey: ['suggestions', document],
    queryFn: async ({ signal }): Promise<Suggestions | null> => {
      try {
        return await read<Suggestions>(`/reports/${document}/suggestions`, signal);
      } catch (error) {
        if (error instanceof Refused && error.problem.status < 500) return null;
        throw error;
      }
    },
  });

/** 修改建议: other words or another figure, taken over by the drafter with one act. */
export function SuggestionList({ report }: { readonly report: Report }) {
  const { say } = useWords();
  const { data } = useSuggestions(report.document);
  const [taking, take] = useState<Suggestion | null>(null);
  if (data == null || data.items.length === 0) return <p className="empty">{say('suggestion.none')}</p>;
  return (
    <>
      <ul className="changes">
        {data.items.map((item) => (
          <li key={item.note}>
            <span className="where" lang="zh-CN">
              {notePlaceWords(item, report.report, say)}
            </span>
            <Change item={item} />
            <span className="verbs">
              {item.acceptable ? (
                <Button size="small" type="primary" onClick={() => take(item)}>
                  {say('suggestion.accept')}
                </Button>
              ) : (
                <span className="warn">{say('suggestion.stale')}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {taking !== null && (
        <ActDialog
          title={say('suggestion.accept')}
          help={say('suggestion.help')}
          button={say('suggestion.accept')}
          told={(now) => now('suggestion.accepted')}
          onClose={() => take(null)}
          prepare={() => ({
            path: `/reports/${report.document}/accepted-suggestions`,
            body: { baseRevision: data.revision, case: taking.case, note: taking.note },
            receipt: null,
          })}
        >
          <p>
            <Change item={taking} />
          </p>
        </ActDialog>
      )}
    </>
  );
}

const Change = ({ item }: { readonly item: Suggestion }) => (
  <span lang="zh-CN">
    <del>{item.found.text}</del> {item.replacement !== '' && <ins>{item.replacement}</ins>}
  </span>
);
