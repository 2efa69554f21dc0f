export { buildRunData, stepData, type MeasuredStep, type RunFacts } from './build-run-data.ts';
export { counterAt, growth, lastWithin, meanWithin, type Point } from './counter.ts';
export { LAB_SCRAPE_S, prometheusCoverage, samplerCoverage } from './coverage.ts';
export { predictSaturation } from './prediction.ts';
export { prometheusClient, PrometheusUnavailable, type PrometheusClient, type Series } from './prometheus-client.ts';
export { prometheusConfig, scrapeTargets, SERVICE_SCRAPE_S, type ScrapeTarget } from './prometheus-config.ts';
export { resourcesOf, tiersOf } from './resources.ts';
export { startSampler, type Sampler, type Samples, type SoftSample } from './sampler.ts';
export { machineUse, useOf, type Window } from './use.ts';
