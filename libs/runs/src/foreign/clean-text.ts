/**
 * Characters that steer a terminal, or hide what a text says: C0 but tab and line feed, DEL, C1, and those that turn the direction
 * of text (Unicode TR 36, "Bidirectional text spoofing").
 */
const STEERING = new RegExp(
  String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]`,
  'g',
);

/** The text without characters that steer a terminal. */
export function cleanText(text: string): string {
  return text.replace(STEERING, '');
}

/** Nothing the lab writes is nested deeper; what is would end a recursion somewhere. */
const DEEPEST = 64;

/** JSON that others may have written: its strings and names are clean. Throws SyntaxError. */
export function parseForeign(text: string): unknown {
  return cleaned(JSON.parse(text), 0);
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) throw new SyntaxError(`it is nested deeper than ${DEEPEST} levels`);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), cleaned(item, depth + 1)]));
}
