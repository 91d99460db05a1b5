/** Colours of series: each stands out from the page and from its neighbours, light and dark. */
export const seriesColours = 6;

export const style = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#16191d;--soft:#565d66;--line:#dfe3e8;--good:#1a7f4b;--bad:#b3261e;--track:#e9ecf0;
--c0:#3b5bdb;--c1:#0b8f8a;--c2:#d9730d;--c3:#9c36b5;--c4:#5c7c0f;--c5:#7a828c}
@media (prefers-color-scheme:dark){:root{--page:#101317;--card:#191d23;--ink:#e8eaed;--soft:#a0a8b3;--line:#2c323a;--good:#5fd396;--bad:#ff8a80;--track:#262c34;
--c0:#7c96ff;--c1:#3ec9c2;--c2:#f7a04b;--c3:#d58bec;--c4:#a5c94a;--c5:#8d96a1}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:36px;padding-bottom:8px}
h1{font-size:26px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:17px;line-height:1.3;margin:0 0 2px}
p{margin:0}.soft{color:var(--soft)}.small{font-size:13px}
.keys{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:20px 0 12px;padding:0}
.keys>div{margin:0}.keys dt{color:var(--soft);font-size:13px}.keys dd{margin:0}
.keys .value{font-size:25px;font-weight:650;line-height:1.25;letter-spacing:-.01em}
.card,.keys>div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px}
.keys>div{padding:14px 16px}
.card{margin:0 0 12px;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px}.pair>.card{height:calc(100% - 12px)}
svg{display:block;width:100%;height:auto;margin:14px 0 4px;overflow:visible}
svg text{fill:var(--soft);font-size:12px;font-family:inherit}
.grid{stroke:var(--line);stroke-width:1}.track{fill:var(--track)}
.f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}
ul.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:6px 0 0;padding:0;font-size:13px}
.legend li{display:flex;align-items:center;gap:6px;min-width:0;overflow-wrap:anywhere}.legend svg{width:10px;height:10px;margin:0;flex:none}
.scroll{overflow-x:auto}
.bar{width:24%;min-width:56px}.pair .bar{width:72px}.key{white-space:nowrap}.key svg{display:inline-block;width:10px;height:10px;margin:0 7px 0 0}.bar svg{height:8px;margin:0;width:100%}
table{width:100%;border-collapse:collapse;margin-top:10px}
caption{text-align:left;color:var(--soft);font-size:13px;padding-bottom:4px}
th{font-weight:550;font-size:13px;color:var(--soft);text-align:left}
th,td{padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:baseline}
th:last-child,td:last-child{padding-right:0}
tbody th{color:var(--ink);font-size:15px;font-weight:450;overflow-wrap:anywhere;min-width:9em}
td.n,th.n{text-align:right;white-space:nowrap}.narrow{display:none}.code th[scope=row]{font-size:13px}
tfoot td,tfoot th{border-bottom:0;color:var(--ink);font-weight:650;font-size:15px}
details{margin-top:8px}summary{cursor:pointer;color:var(--soft);font-size:13px;padding:4px 0}
summary:focus-visible{outline:2px solid var(--c0);outline-offset:2px;border-radius:4px}
.good{color:var(--good)}.bad{color:var(--bad)}
footer{padding-top:8px;padding-bottom:48px;color:var(--soft);font-size:13px}footer p{margin:0 0 6px;max-width:75ch}
@media (max-width:820px){.keys{grid-template-columns:1fr 1fr}.pair{grid-template-columns:1fr;gap:0}.pair>.card{height:auto}}
@media (max-width:560px){main,header,footer{padding-left:14px;padding-right:14px}header{padding-top:22px}.card{padding:16px 14px}.keys{gap:8px}.keys>div{padding:12px}
.keys .value{font-size:21px}h1{font-size:22px}.wide{display:none}svg.narrow{display:block}th,td{padding-right:8px}th.n{white-space:normal}tbody th{min-width:5em}}
@media print{:root{color-scheme:light}body{background:#fff;font-size:12px}.card,.keys>div{break-inside:avoid;border-color:#bbb}main,header,footer{max-width:none}details{display:none}}
`;
