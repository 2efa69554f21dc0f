/** Seconds of a run, from its first. */
export interface Span {
  readonly fromS: number;
  readonly toS: number;
}

/** `1:20-3:00`, as it stands in an address; null when it says no range. */
export function readRange(text: string | null): Span | null {
  const found = /^(\d+):([0-5]\d)-(\d+):([0-5]\d)$/.exec(text ?? '');
  if (found === null) return null;
  const [, fromMinutes, fromSeconds, toMinutes, toSeconds] = found.map(Number);
  const fromS = (fromMinutes ?? 0) * 60 + (fromSeconds ?? 0);
  const toS = (toMinutes ?? 0) * 60 + (toSeconds ?? 0);
  return toS > fromS ? { fromS, toS } : null;
}

export function rangeText({ fromS, toS }: Span): string {
  return `${clock(fromS)}-${clock(toS)}`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
