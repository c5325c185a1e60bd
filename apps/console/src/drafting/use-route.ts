import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RoutePreview } from '#contracts/http/drafting.api';
import type { Names } from '../api/answers.js';
import { read } from '../api/send.js';
import type { WritingKind } from './kind-choice.js';

/** Who would sign, with their names. */
interface RouteFound {
  readonly preview: z.infer<typeof RoutePreview>;
  readonly names: Names;
}

/** The route a submission of this kind would take now. `isOpen`: nothing is known that bars it; what does is in `error` or in the preview. */
export function useRoute(
  document: string,
  kind: WritingKind,
): { readonly data: RouteFound | undefined; readonly error: Error | null; readonly isOpen: boolean } {
  const { data, error } = useQuery({
    queryKey: ['route', document, kind],
    queryFn: async ({ signal }): Promise<RouteFound> => {
      const preview = await read<RouteFound['preview']>(`/reports/${document}/routes/${kind}`, signal);
      const offices = preview.stages.flatMap(({ slots }) => slots.map(({ role, organ }) => `${role}@${organ}`));
      const people = preview.stages.flatMap(({ slots }) => slots.flatMap(({ person }) => person ?? []));
      const asked = [
        `offices=${[...new Set(offices)].join(',')}`,
        ...(people.length > 0 ? [`people=${people.join(',')}`] : []),
      ];
      return { preview, names: await read<Names>(`/names?${asked.join('&')}`, signal) };
    },
  });
  return { data, error, isOpen: error === null && (data === undefined || data.preview.unfillable === null) };
}
