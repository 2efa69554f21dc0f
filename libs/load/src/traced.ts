import type { PlannedStep } from '@loadstair/loadprofiles';

/**
 * Share of arrivals that are traced. More in a warm-up: the code that traces is to be warm too when
 * the first step is measured (docs/decisions/unsampled-requests-bypass-instrumentation.md).
 */
export const TRACED_SHARE: Readonly<Record<PlannedStep['kind'], number>> = { 'warm-up': 0.05, load: 0.01, back: 0.01, trial: 0.01 };
