/** A page of OpenMetrics as the older format has it, which is all that promtool reads: whole names of counters, no exemplars, no end. */
export function withoutOpenMetrics(text: string): string {
  if (!text.endsWith('# EOF\n')) return text;
  return text
    .replaceAll(/ # \{.*$/gm, '')
    .replace('# EOF\n', '')
    .split(/(?=^# HELP )/m)
    .map((family) => (/^# TYPE \S+ counter$/m.test(family) ? family.replaceAll(/^(# (?:HELP|TYPE) \S+)/gm, '$1_total') : family))
    .join('');
}
