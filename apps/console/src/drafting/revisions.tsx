import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { RevisionDetail, Revisions as RevisionList } from '#contracts/http/drafting.api';
import { compareReports } from '#report/comparison/compare-reports';
import type { AnnualReport } from '#report/model';
import type { Names } from '../api/answers.js';
import { nameOf } from '../api/case-file.js';
import { read } from '../api/send.js';
import { changedPlaces } from '../report/changed-places.js';
import { cellWords } from '../report/place-words.js';
import { Wrong } from '../shell/wrong.js';
import { momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { usePart } from './open-draft.js';

type Line = z.infer<typeof RevisionList>['items'][number];

async function revisionsWithNames(document: string, signal: AbortSignal) {
  const { items } = await read<z.infer<typeof RevisionList>>(`/reports/${document}/revisions`, signal);
  const people = [...new Set(items.map(({ author }) => author))].slice(0, 100);
  const names = people.length === 0 ? null : await read<Names>(`/names?people=${people.join(',')}`, signal);
  return { items, names };
}

/** Earlier revisions, asked for only when somebody opens the list; each is compared with what stands now. */
export function Revisions({ document }: { readonly document: string }) {
  const words = useWords();
  const { say, language } = words;
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['revisions', document],
    enabled: isOpen,
    queryFn: ({ signal }) => revisionsWithNames(document, signal),
  });
  const [compared, setCompared] = useState<number | null>(null);
  const line = ({ revision, author, at, importedFrom }: Line) => (
    <li key={revision}>
      <span>
        {say('reports.revision', { revision })} ·{' '}
        {data?.names != null && <span lang="zh-CN">{nameOf(data.names, author)}</span>}{' '}
        <span className="soft">{momentText(at, language)}</span>
      </span>
      {importedFrom !== null && <span className="soft">{say('drafting.readFrom', { file: importedFrom })}</span>}
      <span className="ways">
        <Button
          size="small"
          aria-expanded={compared === revision}
          onClick={() => setCompared(compared === revision ? null : revision)}
        >
          {say('drafting.compareNow')}
        </Button>
      </span>
      {compared === revision && <Comparison document={document} revision={revision} />}
    </li>
  );
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('drafting.revisions')}</summary>
      {error !== null && <Wrong>{wrongText(error, words)}</Wrong>}
      <ul className="findings">{data?.items.map(line)}</ul>
    </details>
  );
}

function Comparison({ document, revision }: { readonly document: string; readonly revision: number }) {
  const words = useWords();
  const { say } = words;
  const now = usePart((report) => report);
  const { data, error } = useQuery({
    queryKey: ['revision', document, revision],
    queryFn: async ({ signal }) =>
      (await read<z.infer<typeof RevisionDetail>>(`/reports/${document}/revisions/${revision}`, signal))
        .report as AnnualReport,
  });
  if (error !== null) return <Wrong>{wrongText(error, words)}</Wrong>;
  if (data === undefined) return null;
  const places = changedPlaces(now, compareReports(data, now), {
    title: say('case.title'),
    preface: say('case.preface'),
  });
  if (places.length === 0) return <p>{say('drafting.sameAsNow')}</p>;
  return (
    <ol className="changes" lang="zh-CN">
      {places.map((place, index) => (
        <li key={index}>
          {place.kind === 'figure' ? (
            <>
              <span className="where">{cellWords(now, place.cell)}</span>
              <span>
                <del>{place.before ?? '—'}</del> <ins>{place.after ?? '—'}</ins>
              </span>
            </>
          ) : (
            <>
              <span className="where">{place.where}</span>
              <span>
                {place.segments.map(({ kind, text }, at) =>
                  kind === 'same' ? (
                    <span key={at}>{text}</span>
                  ) : kind === 'added' ? (
                    <ins key={at}>{text}</ins>
                  ) : (
                    <del key={at}>{text}</del>
                  ),
                )}
              </span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
