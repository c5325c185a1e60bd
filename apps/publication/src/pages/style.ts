/**
 * The whole style of the public pages, in the page itself, so that a saved page stays whole and nothing is fetched.
 * Contrast of text is 4.5:1 or more on its ground.
 */
export const style = `
:root{--blue:#1f5fbf;--deep:#173f7d;--ink:#1c2430;--soft:#55606f;--line:#c9d1dc;--pale:#f3f6fb;--ground:#eef1f5;color-scheme:light}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:1.125rem/1.9 system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;overflow-wrap:anywhere}
a{color:var(--blue);text-underline-offset:.2em}
a:hover{color:var(--deep);text-decoration-thickness:2px}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--blue);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-99rem;background:#fff;padding:.5rem 1rem;z-index:1}
.skip:focus{left:1rem;top:1rem}
.band{background:var(--deep);color:#fff}
.band div{max-width:66rem;margin:auto;padding:.75rem 1.5rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between}
.band a{color:#fff;text-decoration:none;font-weight:600;letter-spacing:.04em}
.band a:focus-visible{outline-color:#fff}
.band .other{font-size:.9375rem;font-weight:400;text-decoration:underline;padding:.25rem;margin:0 -.25rem}
.way{max-width:66rem;margin:0 auto;padding:1rem 1.5rem;font-size:.9375rem;color:var(--soft)}
.way ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap}
.way :is(a,span){display:inline-block;padding:.15rem 0}
.way li{display:flex}
.way li:not(:last-child)::after{content:"›";margin:0 .6em;color:var(--soft)}
time{white-space:nowrap}
main{max-width:66rem;margin:0 auto 3rem;background:#fff;border-top:4px solid var(--blue);padding:2.5rem clamp(1rem,6vw,5rem) 4rem;box-shadow:0 1px 3px #1c243014}
h1{font:700 clamp(1.5rem,1.1rem + 2vw,2.25rem)/1.5 "FZXiaoBiaoSong-B05S","Songti SC","Noto Serif CJK SC","Source Han Serif SC",STSong,SimSun,serif;text-align:center;text-wrap:balance;letter-spacing:.02em;margin:.5rem 0 1.75rem}
h2{font-size:1.375rem;line-height:1.5;margin:3rem 0 1rem;padding-bottom:.4rem;border-bottom:1px solid var(--line);color:var(--deep)}
h3{font-size:1.125rem;margin:2rem 0 .5rem}
.text p{margin:0 0 .9em;text-indent:2em;text-align:justify}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));margin:0 0 2.5rem;border:1px solid var(--line);border-width:1px 0;padding:.75rem 0;font-size:.9375rem;line-height:1.7;gap:.25rem 2rem}
.facts div{display:flex;flex-wrap:wrap;gap:0 1em}
.facts dt{color:var(--soft);flex:0 0 5em}
:root[lang=en] .facts dt{flex-basis:6.5em;overflow-wrap:normal}
.facts dd{margin:0;flex:1 1 10em;text-wrap:balance}
.contents{background:var(--pale);border-left:4px solid var(--blue);padding:1rem 1.5rem;margin:0 0 2.5rem;font-size:1rem}
.contents h2{font-size:1rem;margin:0 0 .25rem;border:0;padding:0}
.contents ol{list-style:none;margin:0;padding:0;columns:2 16rem;column-gap:2rem}
.contents a{display:inline-block;padding:.2rem 0}
.scroll{overflow-x:auto;margin:1.5rem 0}
table{border-collapse:separate;border-spacing:0;border-left:1px solid #aeb8c6;width:100%;font-size:.9375rem;line-height:1.5;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;font-size:.875rem;color:var(--soft);padding-bottom:.5rem}
th,td{border:solid #aeb8c6;border-width:0 1px 1px 0;padding:.45rem .5rem;text-align:center;vertical-align:middle}
caption+*>tr:first-child>*{border-top-width:1px}
th{font-weight:500;background:var(--pale)}
th[scope=row]{text-align:left}
th.block{background:#e3ebf7;font-weight:600}
td{min-width:3.25em}
td.zero{color:#5d6673}
tbody tr:hover td{background:#fbf6e6}
table[data-table=t3]{min-width:52rem}
table[data-table=t4]{min-width:56rem}
table[data-table=t2]{min-width:28rem}
table[data-table=t2] td{width:22%}
.files{width:100%;font-size:.9375rem;padding:0;list-style:none;margin:1rem 0}
.files li{border-top:1px solid var(--line);padding:.8rem 0}
h2+.files li:first-child{border-top:0}
.files li:last-child{border-bottom:1px solid var(--line)}
.files a{font-weight:600;display:inline-block;padding:.15rem 0}
.files span{color:var(--soft)}
code{font:.875em/1.6 ui-monospace,"SFMono-Regular",Consolas,"Liberation Mono",monospace;background:var(--pale);padding:.1em .35em;border-radius:3px;word-break:break-all}
.note{font-size:1rem}
.note li{margin:.4rem 0}
.mark{border:1px solid var(--blue);border-left-width:6px;background:var(--pale);padding:.8rem 1.1rem;margin:0 0 1.5rem;font-size:1rem;line-height:1.75}
.mark.urgent{border-color:#b3261e;background:#fdf3f2}
.mark strong{color:var(--deep)}
.mark.urgent strong{color:#93170f}
details summary{cursor:pointer;padding:.4rem 0;color:var(--blue)}
footer p{margin:0}footer a{display:inline-block;padding:.2rem 0}
footer{max-width:66rem;margin:0 auto;padding:0 1.5rem 3rem;font-size:.875rem;color:var(--soft)}
@media(max-width:40rem){body{font-size:1.0625rem}h1{text-align:left}.text p{text-align:start}.facts dt{flex-basis:5.5em}main{padding-top:1.5rem}}
@media(prefers-contrast:more){:root{--soft:#2f3845;--blue:#0b438f;--line:#555}td.zero{color:inherit}}
@media print{@page{margin:20mm;@bottom-center{content:counter(page)" / "counter(pages);font-size:9pt}}body{background:#fff;color:#000;font-size:11pt;line-height:1.7}main{box-shadow:none;border:0;padding:0;max-width:none;margin:0}.band,.way,.contents,.skip,footer a{display:none}.scroll{overflow:visible;break-inside:avoid}table{min-width:0!important;font-size:8pt}th,td{padding:.2rem}tr,.files li{break-inside:avoid}h2,h3{break-after:avoid;color:#000}a{color:#000;text-decoration:none}}
`.trim();
