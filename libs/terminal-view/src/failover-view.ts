import type { FailedOver, RecoveredFrom } from '@loadstair/operations';

const SHOWN_CONFLICTS = 20;

export function failoverLines({ from, to, fencedMs, servingMs }: FailedOver): string[] {
  return [
    `${to} is the primary and accepts writes, ${((servingMs - fencedMs) / 1000).toFixed(1)} s after ${from} stopped accepting them`,
    `${from} was rebuilt as a replica; its old data is kept for ./lab recover`,
    'next   ./lab recover',
  ];
}

/** What each old primary gave back, and every row that could not be. */
export function recoveredLines(recovered: readonly RecoveredFrom[]): string[] {
  if (recovered.length === 0) return ['No primary was replaced, so there is nothing to restore.'];
  return recovered.flatMap(({ host, restored, present, conflicts, diskGone }) => {
    if (diskGone === true) return [`from ${host}   nothing, because it was destroyed with its disk`];
    const rows = Object.entries(restored).map(([table, count]) => `${count} ${table}`);
    const left = conflicts.length - SHOWN_CONFLICTS;
    return [
      `from ${host}   ${rows.length === 0 ? 'nothing was missing' : `restored ${rows.join(', ')}`}; ${present} rows were present`,
      ...(conflicts.length === 0 ? [] : [`  ${conflicts.length} rows cannot be restored; nothing was overwritten`]),
      ...conflicts.slice(0, SHOWN_CONFLICTS).map(({ table, row, reason }) => `    ${table} ${row}: ${reason}`),
      ...(left > 0 ? [`    and ${left} more: ./lab recover --json`] : []),
    ];
  });
}
