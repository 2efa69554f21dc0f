import { createHash } from 'node:crypto';
import { Html, html, player } from '@loadstair/report-view';
import { STYLE } from '@loadstair/report-view/style';

const STYLE_SAFE = new Html(STYLE);
/** The one script a page runs: it plays the run that the page shows. */
const SCRIPT = `(${player.toString()})(document)`;
/** No space around it: its hash would be another. */
const SCRIPT_SAFE = new Html(`<script>${SCRIPT}</script>`);
/** No other script runs, whatever got into the page. */
const SCRIPT_POLICY = `; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;
const POLICY = `default-src 'none'; style-src 'unsafe-inline'`;

/**
 * One HTML file: nothing from elsewhere, and no script but the one that plays a run.
 *
 * @param plays whether the page shows a run second by second
 */
export function page(title: string, bar: readonly [left: string, right: string], content: Html, plays = false): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(plays ? POLICY + SCRIPT_POLICY : POLICY)}" />
        <title>${title}</title>
        <style>
          ${STYLE_SAFE}
        </style>
      </head>
      <body>
        <main>
          <header class="bar"><span>${bar[0]}</span><span>${bar[1]}</span></header>
          ${content}
        </main>
        ${plays ? SCRIPT_SAFE : null}
      </body>
    </html>`.text;
}
