/** What the page of a report needs beside the style of every page: switches without script, heads that stay, a printed page that says where it is from. */
export const reportStyle = `
.display{display:flex;flex-wrap:wrap;gap:.25rem 2rem;justify-content:flex-end;font-size:.9375rem;margin:-1rem 0 1rem}
.display fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .9rem}
.display legend{float:left;padding:0 .5rem 0 0;color:var(--soft)}
.display label{display:inline-flex;align-items:center;gap:.35rem;min-height:1.75rem;cursor:pointer}
.display input{width:1.125rem;height:1.125rem;margin:0;accent-color:var(--blue)}
.display input:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
html:has(#size-b:checked){font-size:125%}
html:has(#size-c:checked){font-size:156%}
html:has(#size-c:checked) main{max-width:none}
html:has(#contrast-b:checked){--blue:#003a8c;--deep:#00214f;--ink:#000;--soft:#1a1a1a;--line:#333;--pale:#fff;--ground:#fff}
html:has(#contrast-b:checked) :is(td.zero,.files span,footer,caption){color:inherit}
html:has(#contrast-b:checked) .band{background:#000}
html:has(#contrast-b:checked) a{text-decoration-thickness:2px}
html:has(#contrast-b:checked) :is(table,th,td,main){border-color:#000}
.scroll{max-height:85vh;overflow:auto}
.scroll thead{position:sticky;top:0;z-index:1}
.scroll:focus-visible{outline-offset:0}
.printed{display:none}
h1[data-text] span{display:inline-block}
.files strong{font-weight:600}
@media(max-width:40rem){.display{justify-content:flex-start}}
@media screen and (max-width:40rem){.scroll tbody th[scope=row]{position:sticky;left:0}.scroll th[scope=rowgroup]{writing-mode:vertical-rl;padding:.4rem .15rem}table[data-table=t3]{min-width:34rem}html:has(#size-c:checked) .scroll tbody th[scope=row]{position:static}}
@media print{.display{display:none}.printed{display:block;border-bottom:1px solid #000;margin:0 0 8mm;padding:0 0 2mm;font-size:9pt;line-height:1.5;overflow-wrap:anywhere}.scroll{max-height:none;overflow:visible}.scroll thead{position:static}html:has(:checked){font-size:100%}}
`.trim();

/** What a comparison of years needs beside it. */
export const barsStyle = `
.bars svg{width:min(20rem,60%);height:1rem}
.bars{margin:0;display:grid;gap:.35rem}.bars div{display:flex;gap:1rem;align-items:center}.bars dt{flex:0 0 4em;color:var(--soft)}.bars dd{margin:0;flex:1;display:flex;gap:.75rem;align-items:center;font-variant-numeric:tabular-nums}
`.trim();
