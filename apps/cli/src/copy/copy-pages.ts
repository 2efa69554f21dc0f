/** Nothing but the copy's own scripts and data, wherever it is served; shared charts carry style attributes. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * The page of the console for one place of a copy.
 *
 * @param built the page as Vite built it, for the root of labd
 * @param path of the page, without a slash at either end; empty for the first
 */
export function copiedPage(built: string, path: string): string {
  const root = path === '' ? './' : '../'.repeat(path.split('/').length);
  const metas = [`<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`, `<meta name="loadstair-copy" content="${root}" />`];
  return built.replaceAll('="/assets/', `="${root}assets/`).replace('<title>', `${metas.join('\n    ')}\n    <title>`);
}
