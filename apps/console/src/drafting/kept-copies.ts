import type { AnnualReport } from '#report/model';

/**
 * What was typed and is not saved yet, kept on this device. `sending`: what was on its way when the page closed, of which
 * nobody knows whether it arrived.
 */
export interface KeptCopy {
  readonly person: string;
  readonly base: number;
  readonly mine: AnnualReport;
  readonly sending: AnnualReport | null;
}

const PLACE = 'sunward.draft';
const PAGE = 'sunward.page';
const place = (document: string, page: string): string => `${PLACE}.${document}.${page}`;

/** Every page keeps a copy of its own, so that two pages of one person do not overwrite each other's. */
export class KeptCopies {
  private constructor(
    private readonly document: string,
    private readonly page: string,
    private readonly release: () => void,
  ) {}

  /** Takes a name no other page has. A page opened again after a crash has the name it had. */
  static async open(document: string): Promise<KeptCopies> {
    const known = sessionStorage.getItem(PAGE) ?? crypto.randomUUID();
    // A duplicated page brings the name of its original, which holds it still.
    const page = (await isFree(place(document, known))) ? known : crypto.randomUUID();
    sessionStorage.setItem(PAGE, page);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request(place(document, page), async () => {
        resolve();
        await held;
      });
    });
    return new KeptCopies(document, page, release);
  }

  /** False once the browser kept nothing: storage is shut or full, and the page says so. */
  works = true;

  /** Writes this page's copy; null takes it away. */
  keep(copy: KeptCopy | null): void {
    try {
      if (copy === null) localStorage.removeItem(place(this.document, this.page));
      else localStorage.setItem(place(this.document, this.page), JSON.stringify(copy));
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  /** Copies of this person that no open page holds: of this page before it was closed, of pages that crashed. */
  async left(person: string): Promise<readonly { readonly name: string; readonly copy: KeptCopy }[]> {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`${PLACE}.${this.document}.`));
    const found: { name: string; copy: KeptCopy }[] = [];
    for (const name of names) {
      if (name !== place(this.document, this.page) && !(await isFree(name))) continue;
      const copy = JSON.parse(localStorage.getItem(name) ?? 'null') as KeptCopy | null;
      if (copy?.person === person) found.push({ name, copy });
    }
    return found;
  }

  /** Takes a copy away that has been taken over. */
  forget(name: string): void {
    if (name !== place(this.document, this.page)) localStorage.removeItem(name);
  }

  close(): void {
    this.release();
  }
}

async function isFree(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return !held.some((lock) => lock.name === name);
}
