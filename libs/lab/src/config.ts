/** What a lab is told when it is made. */
export interface LabConfig {
  readonly instance: number;
  readonly repoFolder: string;
  readonly labFolder: string;
  /** Where programs are looked for. */
  readonly path: string;
}
