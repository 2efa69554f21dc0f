/** Part of a run that is looked at; epoch ms. */
interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** `1:20-3:00`, from the start of the run: a range as an address has it. */
export function rangeText({ fromMs, toMs }: Range, startMs: number): string {
  return `${elapsed(fromMs - startMs)}-${elapsed(toMs - startMs)}`;
}

/** The range an address names; null when it names none. */
export function rangeIn(text: string | null, startMs: number): Range | null {
  const [, fromMinutes, fromSeconds, toMinutes, toSeconds] = /^(\d{1,4}):([0-5]\d)-(\d{1,4}):([0-5]\d)$/.exec(text ?? '') ?? [];
  if (fromMinutes === undefined) return null;
  const at = (minutes: string | undefined, seconds: string | undefined): number =>
    startMs + (Number(minutes) * 60 + Number(seconds)) * 1000;
  const range = { fromMs: at(fromMinutes, fromSeconds), toMs: at(toMinutes, toSeconds) };
  return range.toMs > range.fromMs ? range : null;
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
