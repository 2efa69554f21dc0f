/** Rules of the pages themselves. */
const PAGES = `:root{--ink:#1a1f26;--muted:#566070;--line:#d5dae0}
body{font:15px/22px system-ui,sans-serif;color:var(--ink);margin:0}
header{display:flex;gap:16px;padding:12px 24px;border-bottom:1px solid var(--line)}
nav{display:flex;gap:16px}main{max-width:1040px;margin:24px auto;padding:0 24px}
.feed{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:24px;list-style:none;padding:0}
.photo img{max-width:100%;height:auto;border-radius:4px}.meta,.empty{color:var(--muted)}
table{border-collapse:collapse}td,th{padding:4px 12px;text-align:left;border-bottom:1px solid var(--line)}`;

const UTILITIES = [
  ['m', 'margin'],
  ['mt', 'margin-top'],
  ['mr', 'margin-right'],
  ['mb', 'margin-bottom'],
  ['ml', 'margin-left'],
  ['p', 'padding'],
  ['pt', 'padding-top'],
  ['pr', 'padding-right'],
  ['pb', 'padding-bottom'],
  ['pl', 'padding-left'],
  ['w', 'width'],
  ['h', 'height'],
  ['gap', 'gap'],
  ['top', 'top'],
  ['left', 'left'],
] as const;
const STEP_PX = 4;
/** As many as make the file as large as the style sheets of sites like it are. */
const RULES = 1136;

/** The style sheet of the site: rules of its pages, then a utility scale (`npm run site-css` writes it). */
export function siteCss(): string {
  const rules = Array.from({ length: RULES }, (_, index) => {
    const step = Math.floor(index / UTILITIES.length);
    const [name, property] = UTILITIES[index % UTILITIES.length] as (typeof UTILITIES)[number];
    return `.${name}-${step}{${property}:${step * STEP_PX}px}`;
  });
  return `/* Generated once: base rules, then a utility scale. */\n${PAGES}\n${rules.join('\n')}\n`;
}
