import { onlineManager, QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { useEffect } from 'react';
import type { PublicationShown } from '#contracts/http/publication.api';
import type { Deadlines, Inbox, Names, Report, ReportLines } from '../api/answers.js';
import { type CaseFile, nameOf, readCaseFile } from '../api/case-file.js';
import { onChange } from '../api/changes.js';
import { type Note, peopleIn, readNotes } from '../api/notes.js';
import { type Candidate, readCandidates } from '../api/people.js';
import { useMe } from '../api/session.js';
import { ROLES } from '../words/office-words.js';
import { isSignedOut, onAnswer, read, Refused } from '../api/send.js';

export type Publication = z.infer<typeof PublicationShown>;

/** Answers stay good until the server says that something changed. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      // A refusal is an answer; what did not arrive is asked for again, and what was asked for when the session ended once somebody is back.
      retry: (failures, error) => isSignedOut(error) || (!(error instanceof Refused) && failures < 2),
    },
  },
});

/** Nobody is answered while the session is over: questions wait as they do without a network, and none of them has failed. */
onAnswer((answered) => onlineManager.setOnline(answered === 'well'));

/** Several services announce one act: they are one reading. */
const TOGETHER_MS = 150;

/** Reads again whatever is on the screen when the server says that something changed. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void client.invalidateQueries(), TOGETHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);
}

export const useInbox = () => useQuery({ queryKey: ['inbox'], queryFn: ({ signal }) => read<Inbox>('/inbox', signal) });

/** The dates that the law sets change with the day. */
export const useDeadlines = () =>
  useQuery({ queryKey: ['deadlines'], queryFn: ({ signal }) => read<Deadlines>('/deadlines', signal) });

/** Which reports a list shows. */
export interface ReportFilter {
  readonly year: number | null;
}

export const useReports = ({ year }: ReportFilter) =>
  useInfiniteQuery({
    queryKey: ['reports', year],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const asked = [year === null ? [] : [`year=${year}`], pageParam === '' ? [] : [`cursor=${pageParam}`]].flat();
      return read<ReportLines>(`/reports?${asked.join('&')}`, signal);
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useCaseFile = (caseId: string) =>
  useQuery({ queryKey: ['case', caseId], queryFn: ({ signal }) => readCaseFile(caseId, signal) });

export const useReport = (document: string) =>
  useQuery({ queryKey: ['report', document], queryFn: ({ signal }) => read<Report>(`/reports/${document}`, signal) });

/** What is on its way to a channel arrives without anybody announcing it. */
const ON_ITS_WAY_MS = 5_000;
/** How often an edition that is being published is looked at. */
const AT_WORK_MS = 1_000;

/** Null before the first edition reached publication. */
export const usePublication = (document: string) =>
  useQuery<Publication | null>({
    queryKey: ['publication', document],
    refetchInterval: ({ state }) => {
      // An attempt that fails is announced to nobody: it is looked at.
      if (state.data?.editions.some((edition) => edition.state === 'publishing') === true) return AT_WORK_MS;
      const deliveries = state.data?.editions.flatMap((edition) => edition.deliveries) ?? [];
      return deliveries.some((delivery) => delivery.state === 'waiting') ? ON_ITS_WAY_MS : false;
    },
    queryFn: async ({ signal }): Promise<Publication | null> => {
      try {
        return await read<Publication>(`/publications/${document}`, signal);
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) return null;
        throw error;
      }
    },
  });

export const useNotes = (file: CaseFile) =>
  useQuery({
    queryKey: ['notes', file.line.case, file.line.leg],
    queryFn: ({ signal }) => readNotes(file, signal),
  });

/** Names people. */
export function useNamesOf(people: readonly string[]): (person: string) => string {
  const { data } = useQuery({
    queryKey: ['people', people],
    queryFn: ({ signal }) => read<Names>(`/names?people=${people.join(',')}`, signal),
    enabled: people.length > 0,
  });
  return (person) => (data === undefined ? '…' : nameOf(data, person));
}

/** Names everybody in a list of notes. */
export const usePeopleNames = (notes: readonly Note[]): ((person: string) => string) =>
  useNamesOf(peopleIn(notes).toSorted());

/** Everybody in office at these organs. */
export function useCandidates(organs: readonly string[]): readonly Candidate[] {
  const { person } = useMe();
  const { data } = useQuery({
    queryKey: ['candidates', organs],
    queryFn: ({ signal }) => readCandidates(organs, ROLES, person, signal),
  });
  return data ?? [];
}
