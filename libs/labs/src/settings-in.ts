/** Settings as a learner types them, with spaces or commas between them; `--set` may stand before each. */
export function settingsIn(typed: string): string[] {
  return typed.split(/[\s,]+/).filter((word) => word !== '' && word !== '--set');
}
