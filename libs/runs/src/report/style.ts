/** Colours of ux.md §5, light and dark; a test computes their contrast. */
export const COLOURS = {
  light: {
    bg: '#FFFFFF',
    surface: '#F5F6F8',
    ink: '#1A1F26',
    muted: '#566070',
    hairline: '#D5DAE0',
    border: '#7C8794',
    through: '#0067A6',
    limit: '#C2410C',
    wash: '#FDEEE6',
    heat: ['#EAF2F9', '#C3DCEF', '#8FBFE0', '#2F79B5', '#C2410C'],
    heatInk: ['#1A1F26', '#1A1F26', '#1A1F26', '#FFFFFF', '#FFFFFF'],
  },
  dark: {
    bg: '#11151A',
    surface: '#1A2027',
    ink: '#E8ECF0',
    muted: '#9AA6B2',
    hairline: '#2E3640',
    border: '#66717E',
    through: '#56B4E9',
    limit: '#FF8A4C',
    wash: '#33201A',
    heat: ['#1C2A38', '#1F4467', '#2A6796', '#6FB6E6', '#FF8A4C'],
    heatInk: ['#E8ECF0', '#FFFFFF', '#FFFFFF', '#11151A', '#11151A'],
  },
} as const;

function tokens(theme: (typeof COLOURS)['light' | 'dark']): string {
  const { heat, heatInk, ...plain } = theme;
  return [
    ...Object.entries(plain).map(([name, value]) => `--${name}:${value}`),
    ...heat.map((value, index) => `--heat-${index}:${value}`),
    ...heatInk.map((value, index) => `--heat-ink-${index}:${value}`),
  ].join(';');
}

export const STYLE = `
:root{color-scheme:light dark;${tokens(COLOURS.light)}}
@media (prefers-color-scheme:dark){:root{${tokens(COLOURS.dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/22px system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1240px;margin:0 auto;padding:24px 16px 64px}
header.bar{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;color:var(--muted);font-size:13px;line-height:18px;padding-bottom:16px}
.verdict{padding:20px 24px;background:var(--surface);border-left:4px solid var(--border)}
.verdict.named{border-color:var(--limit)}
.verdict.refused{background:repeating-linear-gradient(-45deg,var(--surface) 0 8px,var(--bg) 8px 16px)}
h1{font-size:24px;line-height:30px;font-weight:600;margin:0 0 12px;text-wrap:balance}
.verdict.named .mark{color:var(--limit)}
dl.rows{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dl.rows dt{color:var(--muted)}dl.rows dd{margin:0}
h2{font-size:18px;line-height:24px;font-weight:600;margin:32px 0 12px}
.two{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 32px;align-items:start}
@media (max-width:900px){.two{grid-template-columns:minmax(0,1fr)}}
figure{margin:0}figcaption{color:var(--muted);font-size:13px;line-height:18px;margin-top:8px}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font:12px system-ui,sans-serif;fill:var(--muted);font-variant-numeric:tabular-nums}
svg text.ink{fill:var(--ink)}svg text.warm{fill:var(--limit)}
.grid{stroke:var(--hairline);stroke-width:1}.axis{stroke:var(--border);stroke-width:1}
.line{fill:none;stroke:var(--through);stroke-width:2}.line.muted{stroke:var(--muted);stroke-width:1}.line.ink{stroke:var(--ink)}
.slo{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:5 4}.onset{fill:url(#hatch)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13px;line-height:18px;width:100%}
th,td{padding:5px 10px;text-align:right;border-bottom:1px solid var(--hairline);white-space:nowrap}
th{font-weight:500;color:var(--muted)}th:first-child,td:first-child,.left{text-align:left}
td.wrap{white-space:normal}
.strip td.cell{text-align:center;min-width:44px;border:2px solid var(--bg)}
.h0{background:var(--heat-0);color:var(--heat-ink-0)}.h1{background:var(--heat-1);color:var(--heat-ink-1)}.h2{background:var(--heat-2);color:var(--heat-ink-2)}.h3{background:var(--heat-3);color:var(--heat-ink-3)}.h4{background:var(--heat-4);color:var(--heat-ink-4);font-weight:600}
tr.named td:first-child{font-weight:600}.limit{color:var(--limit)}
details{margin-top:24px;border-top:1px solid var(--hairline);padding-top:12px}summary{cursor:pointer;font-size:18px;line-height:24px;font-weight:600;min-height:24px}
td details{margin:0;border:0;padding:0}td summary{font-size:13px;line-height:18px;font-weight:400;color:var(--muted)}
summary:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
code,pre{font:13px/18px ui-monospace,monospace}pre{overflow-x:auto;background:var(--surface);padding:12px}
.small{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:20px 24px}
.small h3{font-size:13px;line-height:18px;font-weight:500;margin:0 0 4px}
.split{display:flex;height:24px;font-size:13px;line-height:24px}.split span{padding:0 8px;overflow:hidden;white-space:nowrap}
@media (max-width:640px){dl.rows{grid-template-columns:1fr;gap:0}dl.rows dd{margin-bottom:6px}.verdict{padding:16px}.verdict h1{font-size:20px;line-height:26px}}
@media print{details{display:block}main{max-width:none}}
`;
