/** Whether a W3C `traceparent` header asks for this request to be traced (https://www.w3.org/TR/trace-context/#sampled-flag). */
export function isSampled(traceparent: string | undefined): boolean {
  if (traceparent === undefined) return false;
  const match = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(traceparent);
  return match !== null && (parseInt(match[1] as string, 16) & 1) === 1;
}
