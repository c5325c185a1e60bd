/** What the pages around the reports need beside the style of every page. Contrast of text is 4.5:1 or more on its ground. */
export const siteStyle = `
.menu{display:flex;flex-wrap:wrap;gap:.25rem 1.3rem;border-bottom:1px solid var(--line);margin:-1rem 0 2rem;font-size:1rem}
.menu a{padding:.5rem .2rem;text-decoration:none;border-bottom:3px solid transparent}
.menu a[aria-current]{border-color:var(--blue);font-weight:600}
.ask{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;background:var(--pale);padding:1rem 1.25rem;margin:0 0 1.5rem}
.ask label{display:flex;flex-direction:column;font-size:.9375rem;color:var(--soft);line-height:1.5}
.ask .wide{flex:1 1 16rem}
input,select,button,textarea{font:inherit;min-height:2.75rem;padding:.25rem .75rem;border:1px solid #7b8798;border-radius:3px;background:#fff;color:var(--ink);max-width:100%}
button{background:var(--blue);border-color:var(--blue);color:#fff;font-weight:600;padding:.25rem 1.5rem;cursor:pointer}
button:hover{background:var(--deep)}
input:focus-visible,select:focus-visible,button:focus-visible,textarea:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
.count{font-size:1rem;border-left:4px solid var(--blue);padding:.25rem 1rem;margin:0 0 1.5rem}
.count strong{font-size:1.5rem;font-variant-numeric:tabular-nums;color:var(--deep)}
.count p{margin:0}
.count .fine{font-size:.875rem;color:var(--soft);line-height:1.6}
.choices{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:0 0 1rem;font-size:1rem}
.choices a{display:inline-block;padding:.25rem .1rem}
.choices [aria-current]{font-weight:600;color:var(--deep);text-decoration:none}
.reports{list-style:none;padding:0;margin:0}
.reports>li{border-top:1px solid var(--line);padding:.8rem .1rem}
.reports>li:last-child{border-bottom:1px solid var(--line)}
.reports .main{font-weight:600;display:inline-block;padding:.1rem 0}
.reports p{margin:.1rem 0;font-size:.9375rem;color:var(--soft);line-height:1.7}
.reports p a{display:inline-block;padding:.15rem 0}
.reports p a:has(+a){margin-right:1em}
.reports h2{font-size:1.125rem;margin:0;padding:0;border:0}
.hits{list-style:none;padding:0;margin:.35rem 0 0}
.hits li{margin:.35rem 0;padding-left:.9rem;border-left:3px solid var(--line)}
.hits a{font-size:.875rem;display:inline-block;padding:.1rem 0}
.reports .hits p{color:var(--ink);margin:0}
.tag{display:inline-block;border:1px solid var(--blue);color:var(--deep);border-radius:3px;padding:0 .4rem;font-size:.8125rem;line-height:1.6;margin-right:.6em}
.tag.emergency{border-color:#b3261e;color:#93170f}
.pager{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;margin:1.5rem 0;font-size:1rem}
.pager a{display:inline-block;padding:.4rem .25rem}
.empty{background:var(--pale);padding:1rem 1.25rem}
mark{background:#ffe9a8;color:inherit;padding:0 .1em}
.drop{border:2px dashed #7b8798;padding:1.25rem;margin:0 0 1.5rem}
.drop label{display:flex;flex-direction:column;gap:.35rem;font-size:1rem;line-height:1.6}
.drop p{font-size:.875rem;color:var(--soft);margin:.5rem 0 0}
#result label{display:block}
.good{color:#14532d;border-color:#14532d}
.bad{color:#93170f;border-color:#93170f}
.seats li{margin:.3rem 0;font-size:1rem;line-height:1.7}
#result code{font-size:.8125rem}
#found{font-size:.9375rem;color:var(--soft);margin:.25rem 0}
.english{border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem;font-size:.9375rem;line-height:1.65;color:var(--soft)}
.acts{list-style:none;padding:0;margin:1rem 0}
.acts>li{display:flex;gap:1.25rem;border-top:1px solid var(--line);padding:1rem 0}
.acts p{margin:.15rem 0}
.acts span{color:var(--soft);font-size:.9375rem}
.acts .tag{flex:0 0 auto;min-width:5.5em;overflow-wrap:normal;text-align:center;align-self:flex-start;border:1px solid var(--blue);color:var(--deep);padding:.1rem .25rem;line-height:1.5;border-radius:3px}
.acts a .name{color:inherit;font-size:inherit}
.acts .tag.withdraw,.acts .tag.emergency{border-color:#b3261e;color:#93170f}
@media print{.menu,.ask,.pager{display:none}}
`.trim();
