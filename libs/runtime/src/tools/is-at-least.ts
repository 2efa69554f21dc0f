import coerce from 'semver/functions/coerce.js';
import gte from 'semver/functions/gte.js';

/** Whether a version of a program, as `15.18` or `1.26.1`, is a minimum, as `14.0`, or newer. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [found, wanted] = [coerce(version), coerce(minimum)];
  return found !== null && wanted !== null && gte(found, wanted);
}
