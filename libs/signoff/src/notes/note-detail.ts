import type { z } from 'zod';
import type { NoteDetail } from '#contracts/http/notes.api';
import type { Leg } from '#evidence/statements';
import { resolveAnchor } from '#report/anchors/resolve-anchor';
import type { AnnualReport } from '#report/model';
import { type NotedLeg, noteRules } from './note.js';
import type { StoredNote } from './note.repository.js';

/** The leg as it stands now, with the report that is under sign-off in it. */
export interface PresentLeg {
  readonly leg: Leg;
  readonly round: number;
  readonly stages: NotedLeg['stages'];
  readonly report: AnnualReport;
}

/** A note as people see it, bound anew to the content that is before them now. */
export function noteDetail(note: StoredNote, { leg, round, stages, report }: PresentLeg): z.infer<typeof NoteDetail> {
  const { id, stage, author, onBehalfOf, at, text, suggestion, state, anchor, events } = note;
  return {
    note: id,
    leg,
    round: note.round,
    stage,
    author,
    onBehalfOf,
    at,
    text,
    suggestion,
    state,
    fromEarlierRound: note.round < round && state === 'open',
    blocks: noteRules.blockedStage(note, { stages }),
    anchor: structuredClone(anchor) as z.infer<typeof NoteDetail>['anchor'],
    found: structuredClone(resolveAnchor(anchor, report)) as z.infer<typeof NoteDetail>['found'],
    events: events.map((event) => ({ ...event })),
  };
}
