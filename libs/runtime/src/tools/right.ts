/** In the order of the table. */
export const RIGHT_NAMES = [
  'limits',
  'go',
  'own DNS',
  'isolation',
  'user ids',
  'open files',
  'burners',
  'proxy',
  'cores',
  'memory',
  'disk',
] as const;
export type RightName = (typeof RIGHT_NAMES)[number];

/** One right or amount the lab needs of a machine, tried for real. */
export interface Right {
  readonly name: RightName;
  readonly state: 'ok' | 'warn' | 'missing';
  readonly found: string;
  readonly mend: string | null;
}
