import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NOT_READY: {
    means: 'A server was started and did not become ready in time. The error gives its last probe.',
    mend: 'Read the log of the host that the error names: `.lab/instances/INSTANCE/hosts/HOST/host.log`.',
  },
} as const satisfies Codes;
