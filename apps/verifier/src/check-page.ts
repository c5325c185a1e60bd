import type { Message } from '#evidence/defect-sentences';
import type { NamedFiles } from '#evidence/files-manifest';
import { readPasted } from './check/address.js';
import { type Chosen, type ChosenFile, readChosen } from './check/chosen-files.js';
import { type Finding, findingOf } from './check/findings.js';
import { figuresShown, find, make, type PageEvent, toldOn } from './check/page-elements.js';
import { type Result, resultView } from './check/result-view.js';
import { differencesOf, type ShownDifference, toldDifferencesOf } from './check/signed-figures.js';

// The program of the check page. It asks this site for the files at a pasted address and nobody for anything else; with
// chosen files it works from a saved copy of the page without any network.

declare const location: { readonly origin: string; readonly hash: string };

const anchors = JSON.parse(find('#check').dataset['trust'] ?? 'null') as unknown;
const language = find('#check').dataset['language'] === 'en' ? 'en' : 'zh';
const result = find('#result');

const SAY = {
  busy: { zh: '正在核验…', en: 'Checking…' },
  noReport: {
    zh: '这不是年度报告的网址。网址形如 /xxgk/ndbg/机关编码/年度/',
    en: 'This is no address of a report; one looks like /xxgk/ndbg/organ/year/.',
  },
  elsewhere: {
    zh: '本页只能读取本站的网址。请从那个页面下载 evidence.zip，拖到下面。',
    en: 'This page can ask its own site only. Download evidence.zip there and drop it below.',
  },
  absent: { zh: '这个网址下没有公开的报告。', en: 'There is no public report at this address.' },
  unreachable: {
    zh: '没有连上本站。保存的页面离线时，请选择证据包文件。',
    en: 'The site could not be reached. Offline, choose the files of the evidence.',
  },
  unreadable: { zh: '文件读不出来或太大', en: 'The file cannot be read, or is too large' },
} satisfies Readonly<Record<string, Message>>;

function say(message: Message, detail = ''): void {
  result.replaceChildren(make('p', {}, message[language], ...(detail === '' ? [] : [' ', make('code', {}, detail)])));
}

function show(outcome: Result): void {
  const view = resultView(outcome, language);
  result.replaceChildren(...view);
  view[0]?.focus();
}

/** A file at an address; undefined when there is none (404). `status` other than 200 and 404 is answered as it is. */
async function ask(path: string): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  const answer = await fetch(path, { cache: 'no-store', credentials: 'omit', redirect: 'error' });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

async function checkAddress(text: string): Promise<void> {
  const pasted = readPasted(text, location.origin);
  if (pasted.kind !== 'here') return say(pasted.kind === 'elsewhere' ? SAY.elsewhere : SAY.noReport);
  say(SAY.busy);
  const page = await ask(pasted.page);
  if (page.status !== 200 && page.status !== 410) return say(SAY.absent, String(page.status));
  const files: Record<string, Uint8Array> = {};
  for (const name of page.status === 410 ? WITHDRAWN : BESIDE) {
    const { status, bytes } = await ask(`${pasted.path}${name}`);
    if (status === 200) files[name] = bytes;
  }
  const finding = findingOf(files, anchors);
  return show({
    finding,
    differences: shownOtherwise(finding, new TextDecoder().decode(page.bytes)),
    isOwnTrust: false,
  });
}

const BESIDE = ['evidence.json', 'report.json', 'receipt.json', 'inclusion.json', 'ratification.json'];
const WITHDRAWN = ['withdrawal.json'];

/** What a page shows otherwise than it was signed; null for what is not proved. */
function shownOtherwise(finding: Finding, html: string): readonly ShownDifference[] | null {
  if (!finding.isProved) return null;
  const reason = finding.notice?.reason ?? null;
  const told = toldOn(html);
  if (finding.shows === 'withdrawal') return toldDifferencesOf({ reason, mark: 'withdrawn' }, told);
  const ratified = finding.ratification === null ? 'emergency' : 'ratified';
  const mark = finding.summary.kind === 'emergency' ? ratified : null;
  return [...differencesOf(finding.figures, figuresShown(html)), ...toldDifferencesOf({ reason, mark }, told)];
}

async function checkFiles(chosen: Iterable<ChosenFile>): Promise<void> {
  say(SAY.busy);
  let read: Chosen;
  try {
    read = await readChosen(chosen);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return say(SAY.unreadable, error.message);
  }
  const { own } = read;
  const finding = findingOf(read.files, own === null ? anchors : jsonOf(own));
  return show({ finding, differences: null, isOwnTrust: own !== null });
}

function jsonOf(bytes: NonNullable<NamedFiles[string]>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** Runs a check; one that ends in an error says so in place of a result, so that nobody takes silence for a proof. */
function run(check: () => Promise<void>): void {
  check().catch((error: unknown) => say(SAY.unreachable, error instanceof Error ? error.message : ''));
}

find('#by-address').addEventListener('submit', (event) => {
  event.preventDefault();
  run(() => checkAddress(find('#address').value));
});
find('#files').addEventListener('change', () => run(() => checkFiles(find('#files').files ?? [])));
const drop = find('#drop');
drop.addEventListener('dragover', (event) => event.preventDefault());
drop.addEventListener('drop', (event: PageEvent) => {
  event.preventDefault();
  run(() => checkFiles(event.dataTransfer?.files ?? []));
});
find('#check').hidden = false;

/** Whoever scans the code of a sheet of approval comes with the path of its report, and has it checked at once. */
const named = location.hash.slice(1);
if (named !== '') {
  find('#address').value = named;
  run(() => checkAddress(named));
}
