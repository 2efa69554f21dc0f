/** What a lab is told when it is made. */
export interface LabConfig {
  readonly instance: number;
  readonly repoFolder: string;
  readonly labFolder: string;
  /** Where programs are looked for. */
  readonly path: string;
  /** Whether the series of every site are kept after its end, for Grafana (stored-series.ts). A run keeps what its own pages show anyway. */
  readonly storesSeries?: boolean;
}
