import type { Experiment } from '@loadstair/experiments';
import type { Topology } from '@loadstair/topology';
import type { BrokenSite } from './broken-site.ts';
import type { InjectionSpec } from './injection.ts';

/** One of the eleven steps: a topology and its story. Never holds a result. */
export interface Stage {
  readonly topology: Topology;
  readonly story: {
    /** What is different from the stage before, one sentence. */
    readonly changed: string;
    /** Why a growing site takes this step. */
    readonly why: string;
    /** What to look for; never what a run will find: people predict it. */
    readonly shows: string;
  };
  /** The stored profile that reveals this stage's limit. */
  readonly profile: string;
  /** What can be tried on it; each is a file in experiments/. */
  readonly experiments: readonly Experiment[];
  /** Known causes that are put into its site, to test what verdicts say of them. */
  readonly injections: readonly InjectionSpec[];
  /** Those of them that people search for in its site: levels 1 to 3. A stage without any takes part in no gameday. */
  readonly broken?: readonly BrokenSite[];
  /**
   * Where the limit should appear under that profile. Only `lab verify` reads it, to test the lab against the catalogue;
   * a verdict comes from measurement alone.
   */
  readonly expected: {
    readonly tier: string;
    readonly resource: string;
    /** One host's of the tier, while its peers idle. */
    readonly imbalance?: boolean;
  };
  /** What `./lab bench` measures on it; each is one stage's of the catalogue. */
  readonly bench?: {
    /** A run of it, as people start one. */
    readonly run?: true;
    /** Its site with a tier of servers with telemetry and one without, by the names that these tiers shall have. */
    readonly telemetry?: (full: string, bare: string) => Topology;
  };
}
