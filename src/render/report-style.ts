/**
 * The look of a report. Colours are variables, so that dark mode and print change them in one place; every pair of
 * text and ground has a contrast of 4.5 or more.
 */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--text:#16191d;--quiet:#59616b;--line:#d9dde3;--faint:#9aa3ad;
--model:#0b5fb0;--other:#a8540a;--good:#17703a;--bad:#b3261e;--warn:#80570a;--muted:#59616b;--banner:#fff4d6;--banner-text:#5c4100}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--panel:#1c2026;--text:#e7eaee;--quiet:#a3acb7;--line:#343b45;--faint:#717b87;
--model:#6cb2f5;--other:#eda35c;--good:#63c78b;--bad:#ff8f86;--warn:#e5b552;--muted:#a3acb7;--banner:#3a2f10;--banner-text:#f5dc9b}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
main,header,footer,.banners{max-width:1080px;margin:0 auto;padding:0 20px}
.banners p{margin:16px 0 0;padding:8px 12px;border-radius:6px;background:var(--banner);color:var(--banner-text);font-weight:600}
header{padding-top:24px}
h1{font-size:1.15rem;font-weight:600;margin:0;color:var(--quiet)}
h2{font-size:1.1rem;margin:40px 0 4px;padding-top:16px;border-top:1px solid var(--line)}
.verdict{font-size:clamp(1.5rem,5vw,2.1rem);line-height:1.2;font-weight:700;margin:6px 0;letter-spacing:-.01em;color:var(--tone)}
.sentence{margin:0 0 16px;max-width:46em;font-size:1.05rem}
.small{margin:-10px 0 16px;max-width:52em;color:var(--quiet);font-size:.9rem}
.intro{margin:0 0 14px;max-width:52em;color:var(--quiet)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:8px 24px;margin:0;padding:14px 16px;background:var(--panel);border-radius:8px}
.facts dt{font-size:.8rem;color:var(--quiet)}.facts dd{margin:0}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:0 40px;margin-top:20px}
.plot{display:grid;grid-row:span 3;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr);align-content:start;margin:0 0 12px;min-width:0;break-inside:avoid}
.plot svg{display:block;width:100%;max-width:560px;height:auto;font-size:12px;overflow:visible}
figcaption{margin-bottom:6px}figcaption strong{display:block}figcaption>span:not(.legend){color:var(--quiet);font-size:.9rem}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:.85rem}.entry i{display:inline-block;width:14px;height:3px;margin-right:6px;vertical-align:middle;background:var(--tone)}
.tone-model{--tone:var(--model)}.tone-other{--tone:var(--other)}.tone-good{--tone:var(--good)}.tone-bad{--tone:var(--bad)}.tone-warn{--tone:var(--warn)}.tone-muted{--tone:var(--muted)}
svg text{fill:var(--text)}svg .tick,svg .label{fill:var(--quiet)}svg .tick,svg .label,svg .name,svg .note{font-size:11.5px}svg .group{font-weight:600;font-size:12px}
.grid,.axis,.rule,.line,.whisker{fill:none;stroke:var(--line)}.axis{stroke:var(--faint)}.rule{stroke:var(--quiet);stroke-dasharray:3 3}
.line{stroke:var(--tone);stroke-width:1.8;stroke-linejoin:round}.line.tone-other{stroke-dasharray:5 2}.area,.band{fill:var(--tone);opacity:.13}.band{opacity:.2}
.whisker{stroke:var(--tone);stroke-width:1.6}.dot{fill:var(--tone)}.faint{fill:var(--faint)}
table{border-collapse:collapse;font-size:.9rem}th,td{text-align:right;padding:5px 10px;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{text-align:left;padding-left:0}th:last-child,td:last-child{padding-right:0}thead th{color:var(--quiet);font-weight:500}tbody th{font-weight:500}
.glance{width:100%}caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.badge{color:var(--tone);font-weight:600;white-space:nowrap}
.scroll{overflow-x:auto;max-height:24em;overflow-y:auto}.data{font-size:.85rem}.data th,.data td{white-space:nowrap}
.whole .scroll{max-height:none}.wordy :is(td,th):last-child{text-align:left;white-space:normal;min-width:20em}
.w2 :is(td,th):nth-child(-n+2),.w3 :is(td,th):nth-child(-n+3),.words :is(td,th){text-align:left}.tabled{margin:18px 0}.tabled h3{font-size:.95rem;margin:0 0 2px}
.wide{overflow-x:auto}code{font:.92em ui-monospace,Menlo,Consolas,monospace}.command code{display:inline-block;padding:3px 8px;border-radius:5px;background:var(--panel);border:1px solid var(--line)}
details{margin:4px 0}summary{cursor:pointer;color:var(--quiet);font-size:.85rem}
:focus-visible{outline:2px solid var(--model);outline-offset:2px}
footer{margin-top:40px;padding-bottom:32px;color:var(--quiet);font-size:.85rem}footer p{margin:0;padding-top:12px;border-top:1px solid var(--line)}
@media (max-width:640px){main,header,footer,.banners{padding-left:14px;padding-right:14px}
.glance,.glance tbody,.glance tr,.glance th,.glance td{display:block}.glance thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.glance tr{padding:8px 0;border-bottom:1px solid var(--line)}.glance th,.glance td{border:0;padding:1px 0}.glance tbody th{text-align:left;font-weight:600}
.glance td{display:flex;justify-content:space-between;gap:16px}.glance td::before{content:attr(data-label);color:var(--quiet);text-align:left}}
@media (min-width:900px){.plot:only-child{grid-column:1/-1;grid-template-columns:minmax(0,7fr) minmax(0,12fr);grid-template-rows:auto 1fr;grid-row:span 2;column-gap:40px}.plot:only-child svg{grid-column:2;grid-row:1/3}.plot:only-child details{grid-column:1}}
@page{size:A4;margin:18mm 14mm 16mm;@top-left{font:8pt system-ui,sans-serif;color:#444}@bottom-right{font:8pt system-ui,sans-serif;color:#444}}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#fff;--text:#000;--quiet:#444;--line:#bbb;--faint:#888;--model:#0b5fb0;--other:#a8540a;--good:#17703a;--bad:#b3261e;--warn:#80570a;--muted:#444;--banner:#fff;--banner-text:#000}
body{font-size:10pt}.banners p{border:1px solid #000}.facts{border:1px solid #bbb}.plots{grid-template-columns:1fr 1fr}details{display:none}.scroll{max-height:none;overflow:visible}h2,h3,.intro{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}.tabled:not(.long){break-inside:avoid}main,header,footer,.banners{max-width:none;padding:0}.glance{font-size:8.5pt}.glance :is(td,th){padding:3px 6px}}
`;
