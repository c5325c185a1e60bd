import { cspHash, html, Markup } from './html.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6775; --line: #d9dee5; --paper: #fff; --ground: #f5f6f8; --accent: #a3201d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf0; --soft: #a2adb9; --line: #36404b; --paper: #1b2229; --ground: #12171c; --accent: #f08a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.75 "PingFang SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
main { max-width: 46rem; margin: 6vh auto; padding: 2.5rem clamp(1.25rem, 5vw, 3rem); background: var(--paper); border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 6px; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: .06em; }
h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
p { margin: .5rem 0; }
.en { color: var(--soft); font-size: .9rem; }
a { color: var(--accent); text-underline-offset: .2em; }
ul { padding-left: 1.2rem; margin: .5rem 0; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; font-weight: normal; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-size: .85rem; }
textarea { width: 100%; min-height: 22rem; padding: .75rem; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
button { margin-top: 1rem; padding: .6rem 1.6rem; font: inherit; color: #fff; background: #a3201d; border: 0; border-radius: 4px; cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.wrong { color: var(--accent); font-weight: 600; }
`;

/** An element whose text is exactly `text`: one blank more and its hash would not fit the policy. */
const inline = (name: string, text: string): Markup => new Markup(`<${name}>${text}</${name}>`);

/** One complete page in the plain look of the gateway's own pages. `script` must be one of the scripts known to the CSP. */
export function pageFrame(title: string, content: Markup, script = ''): string {
  const tail = script === '' ? new Markup('') : inline('script', script);
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${inline('style', STYLE)}
      </head>
      <body>
        <main>${content}</main>
        ${tail}
      </body>
    </html>`.text;
}

/** Lets the one inline style of these pages apply. */
export const STYLE_SOURCE = cspHash(STYLE);
