import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { fieldName } from '#contracts/field-names';
import type { Problem } from '../api/answers.js';
import { CeremonyFailed } from '../api/passkeys.js';
import { Refused } from '../api/send.js';
import type { Language } from './dates.js';
import { firstLanguage } from './first-language.js';
import type { zh } from './zh.js';

/** The dotted path of every sentence; the endings by which a plural is told apart are left off. */
type PathOf<Tree> = {
  [Name in keyof Tree & string]: Tree[Name] extends string
    ? Name extends `${infer Base}_one` | `${infer Base}_other`
      ? Base
      : Name
    : `${Name}.${PathOf<Tree[Name]>}`;
}[keyof Tree & string];
export type Key = PathOf<typeof zh>;

/** Says a sentence. `count` picks the plural; every `{{name}}` of the sentence is filled from `values`. */
export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const PLACE = 'sunward.language';
const catalogues: Readonly<Record<Language, () => Promise<object>>> = {
  zh: async () => (await import('./zh.js')).zh,
  en: async () => (await import('./en.js')).en,
};
const listeners = new Set<() => void>();
let current: { readonly language: Language; readonly say: Say } | undefined;

/** The language chosen on this device, else the browser's. */
function remembered(): Language {
  try {
    return firstLanguage(localStorage.getItem(PLACE), navigator.languages);
  } catch {
    return firstLanguage(null, navigator.languages); // storage is shut
  }
}

/** Loads the words of the language to begin in. Nothing can be shown before. */
export async function startWords(): Promise<void> {
  await i18next.init({
    lng: 'zh',
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await change(remembered());
  addEventListener('storage', ({ key }) => {
    if (key === PLACE && remembered() !== current?.language) void change(remembered());
  });
}

/** Speaks another language from now on, and remembers it on this device: what somebody chose goes before what his browser wants. */
export async function speak(language: Language): Promise<void> {
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    // Storage is shut: it holds for this page.
  }
  await change(language);
}

async function change(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await catalogues[language]());
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  current = { language, say: i18next.getFixedT(language) as unknown as Say };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The words of the page in the language chosen. */
export function useWords(): { readonly language: Language; readonly say: Say } {
  const words = useSyncExternalStore(subscribe, () => current);
  if (words === undefined) throw new Error('no words before startWords');
  return words;
}

/** True when there is such a sentence: for codes that may be an installation's own. */
export const has = (key: string): boolean => i18next.exists(key, { lng: current?.language ?? 'zh' });

/** What a problem says in this language, with the fields it names. */
export function problemText(problem: Problem, language: Language): string {
  const sentence = language === 'zh' ? problem.detail : problem.detailEn;
  const fields = problem.errors?.map((one) => fieldText(one, language)) ?? [];
  // Which fields, and how, is all there is to say about a form.
  return fields.length > 0 ? fields.join(language === 'zh' ? '；' : '; ') : sentence;
}

function fieldText({ field, message, messageEn }: NonNullable<Problem['errors']>[number], language: Language): string {
  return language === 'zh' ? `${fieldName(field).zh}：${message}` : `${fieldName(field).en}: ${messageEn}`;
}

/** What went wrong, as a sentence; what is neither a refusal nor a passkey's silence means that nobody answered. */
export function wrongText(
  error: unknown,
  { language, say }: { readonly language: Language; readonly say: Say },
): string {
  if (error instanceof CeremonyFailed) return say(`passkey.flaw.${error.flaw}`);
  return error instanceof Refused ? problemText(error.problem, language) : say('state.unreachable');
}
