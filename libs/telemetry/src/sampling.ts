/** Whether a W3C `traceparent` header asks for this request to be traced (https://www.w3.org/TR/trace-context/#sampled-flag). */
export function isSampled(traceparent: string | undefined): boolean {
  // Most requests end here, after a look at one digit.
  if (traceparent?.length !== LENGTH || !ODD_DIGITS.includes(traceparent[LENGTH - 1] as string)) return false;
  return TRACEPARENT.test(traceparent);
}

/** Trace id of a `traceparent`, sampled or not; null when it is none. */
export function traceIn(traceparent: string | undefined): string | null {
  return traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent.slice(3, 35) : null;
}

/** Id of the trace a `traceparent` asks for; null when it asks for none. */
export function sampledTrace(traceparent: string | undefined): string | null {
  return traceparent !== undefined && isSampled(traceparent) ? traceparent.slice(3, 35) : null;
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const LENGTH = 55;
/** The sampled flag is the lowest bit. */
const ODD_DIGITS = '13579bdf';
