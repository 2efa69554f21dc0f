/** Names of an instance's control groups. Everything we start is in one of them; nothing else ever is. */
export const groups = {
  host: (instance: number, host: string): string => `loadstair-${instance}/hosts/${host}`,
  component: (instance: number, host: string, component: string): string => `loadstair-${instance}/hosts/${host}/${component}`,
  /**
   * Programs of the lab itself: clients, prometheus, labd, burners, proxies. Burners have a group at the top: groups share
   * CPU level by level, so inside another group their idle priority would count against its neighbours only.
   */
  lab: (instance: number, part: LabPart): string =>
    part === 'burners' ? `loadstair-${instance}-burners` : `loadstair-${instance}/lab/${part}`,
  /** As deep as a host's, for a look whether rules know it. */
  silenceProof: (instance: number): string => `loadstair-${instance}/lab/silence-proof`,
  /** The groups that hold all others of an instance. */
  all: (instance: number): string[] => [`loadstair-${instance}`, `loadstair-${instance}-burners`],
};

export const LAB_PARTS = ['clients', 'prometheus', 'labd', 'burners', 'proxies'] as const;
export type LabPart = (typeof LAB_PARTS)[number];
