import { type Digest } from '#domain/identifiers';
import type { CaseKind } from '#domain/case-kind';
import { toBase64 } from '#evidence/base64';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DecisionStatement, RouteDocument } from '#evidence/statements';
import { noticeBytes, type PublicNotice } from '#report/notice/public-notice';
import { type Changes, id } from './bundle-builder.js';

/** A case of any kind, as the story of `bundle-builder` would have it. `version`: of the directory that lists its route. */
export interface KindOfCase {
  readonly kind: CaseKind;
  readonly edition: number;
  readonly case: string;
  readonly version: number;
  readonly content: Uint8Array;
  readonly notice: PublicNotice | null;
}

/** Who signs the offices of the story's route, in the order of its slots. */
const SIGNERS = [11, 12, 13, 14, 15].map(id);

/** What to tell differently so that the bundle is one of this case. */
export function changesFor({ kind, edition, case: caseId, version, content, notice }: KindOfCase): Changes {
  const told = notice === null ? null : noticeBytes(notice);
  const signed: Digest | null = told === null ? null : nodeCrypto.sha256(told);
  const of = { case: caseId, edition };
  return {
    content,
    route: (route) => routeOf(route, kind),
    directory: (directory) => ({
      ...directory,
      schema: 'sunward.directory/2',
      version,
      routes: directory.routes.map((one) => ({ ...one, kind, levels: '*', from: directory.at, until: null })),
    }),
    submission: (submission) => ({ ...submission, ...of, kind, notice: signed }),
    decision: (decision): DecisionStatement => ({ ...decision, ...of, act: kind, notice: signed }),
    caller: (caller) => ({ ...caller, path: caller.path.replace(id(2), caseId) }),
    dossier: (dossier) => ({ ...dossier, ...of }),
    seal: (seal) => ({ ...seal, ...of, kind, notice: signed }),
    bundle: (bundle) => ({ ...bundle, schema: 'sunward.bundle/2', notice: told === null ? null : toBase64(told) }),
  };
}

/** The story's route in the present form, for this kind; an emergency names its signers. */
function routeOf(route: RouteDocument, kind: CaseKind): RouteDocument {
  let next = 0;
  const person = (): string | null => (kind === 'emergency' ? (SIGNERS[next++] ?? null) : null);
  return {
    ...route,
    schema: 'sunward.route/2',
    kind,
    stages: route.stages.map((stage) => ({
      ...stage,
      slots: stage.slots.map((slot) => ({ ...slot, person: person() })),
      checklist: [],
      duty: stage.id === 'secrecy-review' ? 'secrecy' : null,
      escalation: null,
    })),
  };
}
