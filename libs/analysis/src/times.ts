/** `2026-11-24 20:31 UTC`: one clock for terminal, pages and reports, wherever they are read. */
export function utcMinute(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? 'unknown time' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
