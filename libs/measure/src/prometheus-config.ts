import { declarationOf } from '@loadstair/components/declarations';
import type { Placement } from '@loadstair/topology';
import { LAB_SCRAPE_S } from './coverage.ts';

/** Services are scraped this often: a scrape costs a small host 0.1 % of a core at 1/s (calibration.md, Q8). */
export const SERVICE_SCRAPE_S = 5;

export interface ScrapeTarget {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Targets of every component that serves metrics, for Prometheus's file discovery: hosts come and go without a restart. */
export function scrapeTargets(placement: Placement): ScrapeTarget[] {
  return placement.hosts.flatMap((host) =>
    host.tierSpec.components.flatMap((kind) => {
      const scrape = declarationOf(kind).scrape(host.tierSpec);
      if (scrape === null) return [];
      return [
        {
          targets: [`${host.address}:${scrape.port}`],
          labels: { host: host.name, tier: host.tier, component: kind, __metrics_path__: scrape.path },
        },
      ];
    }),
  );
}

/** Prometheus takes paths as patterns (Go, path/filepath.Match): brackets in the path of a checkout would match nothing. */
function literally(path: string): string {
  return path.replace(/[*?[\\]/g, String.raw`\$&`);
}

/** Prometheus's configuration; JSON is YAML too, so no writer of YAML is needed. */
export function prometheusConfig(options: {
  readonly labTarget: string;
  readonly targetsFile: string;
  readonly ruleFiles: readonly string[];
}): string {
  return JSON.stringify(
    {
      global: { scrape_interval: `${SERVICE_SCRAPE_S}s`, evaluation_interval: '5s', scrape_timeout: '3s' },
      rule_files: options.ruleFiles.map(literally),
      scrape_configs: [
        {
          job_name: 'lab',
          scrape_interval: `${LAB_SCRAPE_S}s`,
          scrape_timeout: `${LAB_SCRAPE_S}s`,
          // Host metrics carry their own host and tier.
          honor_labels: true,
          static_configs: [{ targets: [options.labTarget] }],
        },
        { job_name: 'services', file_sd_configs: [{ files: [literally(options.targetsFile)], refresh_interval: '5s' }] },
      ],
    },
    null,
    2,
  );
}
