import { expect, it } from '@jest/globals';
import { alertsIn } from './alerts.ts';

const rule = (name: string, severity: string, alerts: object[]): object => ({
  state: alerts.length === 0 ? 'inactive' : 'firing',
  name,
  query: 'up == 0',
  duration: 5,
  labels: { severity },
  annotations: { summary: '{{ $labels.host }} does not serve.', do: './lab logs {{ $labels.host }}' },
  alerts,
  health: 'ok',
  type: 'alerting',
});
const answer = (...rules: object[]): unknown => ({ status: 'success', data: { groups: [{ name: 'hosts', file: 'alerts.yml', rules }] } });

it('has a line for each thing an alert holds for, the firing first', () => {
  const down = (host: string, state: string): object => ({
    labels: { alertname: 'HostDown', host, severity: 'fault' },
    annotations: { summary: `${host} does not serve.`, do: `./lab logs ${host}` },
    state,
    activeAt: '2026-11-30T18:00:00.5Z',
    value: '0e+00',
  });
  expect(alertsIn(answer(rule('HostDown', 'fault', [down('web-1', 'pending'), down('web-2', 'firing')])))).toEqual([
    {
      rule: 'HostDown',
      severity: 'fault',
      state: 'firing',
      sinceMs: Date.parse('2026-11-30T18:00:00.5Z'),
      summary: 'web-2 does not serve.',
      do: './lab logs web-2',
    },
    expect.objectContaining({ state: 'pending', summary: 'web-1 does not serve.' }),
  ]);
});

it('says of a rule that holds for nothing what it would hold for', () => {
  expect(alertsIn(answer(rule('HostDown', 'fault', [])))).toEqual([
    { rule: 'HostDown', severity: 'fault', state: 'inactive', sinceMs: null, summary: '‹host› does not serve.', do: './lab logs ‹host›' },
  ]);
});

it('takes nothing else for an answer', () => {
  expect(() => alertsIn({ status: 'error', error: 'no' })).toThrow();
});
