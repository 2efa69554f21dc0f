import { expect, it } from '@jest/globals';
import { plainStream } from './io.ts';
import { terminalView } from './run-view.ts';

it('breaks what a run is of, what is done to it and what happened to a host between words', () => {
  let text = '';
  const view = terminalView(plainStream((more) => (text += more), 60));
  const hosts = ['lb-1', 'web-1', 'web-2', 'db-1', 'db-replica-1', 'db-replica-2'];
  view.event({
    ...{ type: 'run-started', atMs: 0, run: 'a1b2', stage: 4, slug: 'replication', profile: 'reads' },
    ...{ slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 }, seed: 42, hosts, plannedSeconds: 90 },
  });
  view.event({ type: 'action', atMs: 0, text: 'db-replica-1 3.0 s (256 KiB) behind; no acknowledged write would be lost' });
  expect(text).toBe(
    [
      '4 replication · profile reads · seed 42 · lb-1 web-1 web-2',
      '  db-1 db-replica-1 db-replica-2',
      'run a1b2    Ctrl-C: stop, clean up',
      '',
      '▸ db-replica-1 3.0 s (256 KiB) behind; no acknowledged write',
      '  would be lost',
      '',
    ].join('\n'),
  );
});
