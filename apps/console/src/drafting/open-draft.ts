import { createContext, useContext, useDeferredValue, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { DraftingContext } from '#contracts/http/drafting.api';
import type { AnnualReport } from '#report/model';
import type { CheckContext, OrganProfile } from '#report/rules/check-context';
import type { RuleSettings } from '#report/rules/rule-settings';
import type { Check, Report } from '../api/answers.js';
import { read } from '../api/send.js';
import { onReturn } from '../api/session.js';
import { Checking, type Checks, type Finding } from './checking.js';
import { Draft } from './draft.js';
import { KeptCopies } from './kept-copies.js';
import { Locks } from './locks.js';
import { type Base, type SaveState, Saving } from './saving.js';
import { same } from './same.js';
import { sendable } from './sendable.js';

/** What the service knows besides the text, as the report library has it. */
export interface Beside {
  readonly settings: RuleSettings;
  readonly profile: OrganProfile | null;
  readonly lastYear: (Omit<LastYear, 'report'> & { readonly report: AnnualReport }) | null;
}
type LastYear = NonNullable<z.infer<typeof DraftingContext>['lastYear']>;

/** One report open for writing: its text, its saving, its checks. */
export interface OpenDraft {
  readonly document: string;
  readonly draft: Draft;
  readonly saving: Saving;
  readonly checking: Checking;
  readonly beside: Beside;
  readonly kept: KeptCopies;
  /** What of it is locked, in a correction. */
  readonly locks: Locks | null;
  readonly close: () => void;
}

interface Opening {
  readonly document: string;
  readonly person: string;
  readonly base: Base;
  /** What the service found in it. */
  readonly checks: readonly Check[];
  readonly beside: Beside;
  readonly correction: Report['correction'];
}

/** Opens a report for writing, with whatever was typed on this device and never arrived. Throws Refused, Unreachable. */
export async function openDraft(opening: Opening): Promise<OpenDraft> {
  const { document, person, base, checks, beside, correction } = opening;
  const locks = correction && new Locks(await revisionText(document, correction.base, base), correction.opened);
  const kept = await KeptCopies.open(document);
  const draft = new Draft(base.report, locks);
  const checking = new Checking(contextOf(beside));
  checking.hear(checks, base.report);
  const saving = new Saving(document, person, draft, kept, base, (found, report) =>
    checking.hear(found.checks, report),
  );
  for (const { name, copy } of await kept.left(person)) {
    const arrived = copy.sending !== null && same(copy.sending, base.report);
    const on = arrived ? base.report : await revisionText(document, copy.base, base);
    saving.takeOver(copy.mine, on);
    kept.forget(name);
  }
  const look = (): void => checking.look(() => sendable(draft.report));
  const stop = draft.subscribe(look);
  const stopWaiting = onReturn(() => void saving.flush());
  look();
  const close = (): void => {
    stop();
    stopWaiting();
    checking.close();
    saving.close();
    kept.close();
  };
  return { document, draft, saving, checking, beside, kept, locks, close };
}

async function revisionText(document: string, revision: number, base: Base): Promise<AnnualReport> {
  if (revision === base.revision) return base.report;
  return (await read<{ report: AnnualReport }>(`/reports/${document}/revisions/${revision}`)).report;
}

function contextOf({ settings, profile, lastYear }: Beside): CheckContext {
  return {
    settings,
    ...(profile === null ? {} : { profile }),
    ...(lastYear === null ? {} : { lastYear: lastYear.report }),
  };
}

const Open = createContext<OpenDraft | undefined>(undefined);
export const OpenDraftProvider = Open.Provider;

/** The report being written. Only inside the workspace. */
export function useOpenDraft(): OpenDraft {
  const open = useContext(Open);
  if (open === undefined) throw new Error('no report is open for writing here');
  return open;
}

/** A part of the text; drawn again only when that part changes, so `pick` must answer the same object for the same text. */
export function usePart<T>(pick: (report: AnnualReport) => T): T {
  const { draft } = useOpenDraft();
  return useSyncExternalStore(draft.subscribe, () => pick(draft.report));
}

const NO_LOCKS = (): (() => void) => () => undefined;

/** What is locked here, drawn again when that changes; null where nothing is. */
export function useLocks(): Locks | null {
  const { locks } = useOpenDraft();
  useSyncExternalStore(locks?.subscribe ?? NO_LOCKS, () => locks?.state ?? null);
  return locks;
}

/** A part of what the checks say; drawn again only when that part changes. */
export function useChecks<T>(pick: (checks: Checks) => T): T {
  const { checking } = useOpenDraft();
  return useSyncExternalStore(checking.subscribe, () => pick(checking.checks));
}

/** What the checks found, gravest first; drawn when there is time: a key is never kept waiting for it. */
export function useFindings(): readonly Finding[] {
  const { checking } = useOpenDraft();
  return useDeferredValue(useSyncExternalStore(checking.subscribe, () => checking.checks.findings));
}

export function useSaveState(): SaveState {
  const { saving } = useOpenDraft();
  return useSyncExternalStore(saving.subscribe, () => saving.state);
}
