/** What a page needs that tells of changes, before and after. Contrast of text is 4.5:1 or more on its ground. */
export const noticeStyle = `
.correction{border:1px solid var(--line);padding:.5rem 1.5rem 1rem;margin:0 0 2.5rem}
.correction h2{margin-top:.75rem;font-size:1.2rem}
.changes{list-style:none;padding:0;margin:.5rem 0;font-size:1rem}
.changes li{border-top:1px solid var(--line);padding:.6rem 0}
.changes strong{display:block;font-weight:600}
.changes .side{display:block;padding-left:4.5em;text-indent:-4.5em;white-space:pre-line}
.changes .word{display:inline-block;width:4.5em;text-indent:0;color:var(--soft)}
.changes del{color:#7a1f18;background:#fbeceb;text-decoration-thickness:1px}
.changes ins{color:#14532d;background:#e9f5ee;text-decoration:none}
.changes del:has(>span:empty)::after,.changes ins:has(>span:empty)::after{content:"（空白）"}
html:has(#contrast-b:checked) .changes :is(del,ins){color:#000;background:#fff;outline:1px solid #000}
`.trim();
