import { ENVIRONMENT } from './config.ts';
import { provisionedDashboards, readProvisioning } from './provisioning.ts';
import { queryPanels } from './query-panels.ts';

/**
 * Stands in for Grafana where its image cannot be had: in a container with Grafana's mounts, variables and network, reads the provisioning,
 * and queries every panel of a stage's dashboards through the data source.
 *
 *   node stand-in.ts STAGE START-MS END-MS      writes PanelAnswers as JSON
 */
const [stage = NaN, startMs = NaN, endMs = NaN] = process.argv.slice(2).map(Number);
const provisioned = readProvisioning('/etc/grafana/provisioning', ENVIRONMENT);
const dashboards = provisionedDashboards(provisioned, stage);
const dataSource = provisioned.dataSources.find(({ type }) => type === 'prometheus');
if (dataSource === undefined || dashboards.length === 0) throw new Error('The provisioning has no Prometheus, or no dashboards.');
process.stdout.write(`${JSON.stringify(await queryPanels(dashboards, dataSource, { startMs, endMs }))}\n`);
