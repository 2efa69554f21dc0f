import { Html, html } from '@loadstair/report-view';
import { STYLE } from '@loadstair/report-view/style';

const STYLE_SAFE = new Html(STYLE);

/** One HTML file: no script, nothing from elsewhere. */
export function page(title: string, bar: readonly [left: string, right: string], content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
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
      </body>
    </html>`.text;
}
