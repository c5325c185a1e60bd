/** As much of a browser as the check page uses; the programs around it are compiled without one. */
export interface PageElement {
  textContent: string | null;
  className: string;
  hidden: boolean;
  value: string;
  tabIndex: number;
  lang: string;
  readonly files: Iterable<PageFile> | null;
  readonly dataset: Readonly<Record<string, string | undefined>>;
  append(...children: readonly (PageElement | string)[]): void;
  replaceChildren(...children: readonly (PageElement | string)[]): void;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  focus(): void;
}

interface PageFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface PageEvent {
  preventDefault(): void;
  readonly dataTransfer?: { readonly files: Iterable<PageFile> } | null;
}

declare const document: {
  querySelector(selector: string): PageElement | null;
  createElement(tag: string): PageElement;
};
declare const DOMParser: new () => {
  parseFromString(text: string, type: 'text/html'): { querySelectorAll(selector: string): Iterable<PageElement> };
};

/** The element of the page with this selector. The page and this program are made together, so it is there. */
export function find(selector: string): PageElement {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/** A new element; everything inside is text or elements, never markup. */
export function make(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (PageElement | string)[]
): PageElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** What a report's page tells of an act; the page is read, not run. */
export function toldOn(html: string): { readonly reasons: readonly string[]; readonly marks: readonly string[] } {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const texts = [...page.querySelectorAll('[data-notice="reason"]')].map(({ textContent }) => textContent ?? '');
  const marks = [...page.querySelectorAll('[data-mark]')].map(({ dataset }) => dataset['mark'] ?? '');
  return { reasons: texts, marks };
}

/** The figures a report's page shows, by the id of their cell; the page is read, not run. */
export function figuresShown(html: string): { readonly id: string; readonly text: string }[] {
  const cells = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('td[data-cell]');
  return [...cells].map((cell) => ({ id: cell.dataset['cell'] ?? '', text: cell.textContent ?? '' }));
}
