import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { applySettings } from '@loadstair/topology';
import { stageByNumber } from './catalogue.ts';
import { BadPriceTable, priceOf, readPrices, trafficPrice } from './prices.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-prices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = {
  date: '2026-01-02',
  currency: 'EUR',
  note: 'for a test',
  perLabCpuMonth: 2,
  perGiBMonth: 4,
  perGiBFromEdge: { east: 1, west: 2 },
  perGiBFromSite: 4,
};

describe('prices', () => {
  it('of a topology: every host by its CPU and memory', () => {
    // One host of 1.2 lab CPUs and 512 MiB.
    expect(priceOf(stageByNumber(1).topology, table)).toBeCloseTo(1.2 * 2 + 2);
    // web 1 CPU 256 MiB, db 0.75 CPU 512 MiB.
    expect(priceOf(stageByNumber(2).topology, table)).toBe(1.75 * 2 + 3);
    expect(priceOf(applySettings(stageByNumber(2).topology, ['web.cpu=4'], declarations), table)).toBe(4.75 * 2 + 3);
  });

  it('of traffic: by who sends it', () => {
    const aGiBAMonth = 2 ** 30 / ((365.25 * 24 * 3600) / 12);
    const traffic = {
      edges: [
        { host: 'edge-1', region: 'east', bytesPerS: 3 * aGiBAMonth },
        { host: 'edge-2', region: 'west', bytesPerS: aGiBAMonth },
      ],
      siteBytesPerS: aGiBAMonth / 2,
    };
    const price = trafficPrice(traffic, table);
    expect(price.edges['edge-1']).toBeCloseTo(3);
    expect(price.edges['edge-2']).toBeCloseTo(2);
    expect(price.site).toBeCloseTo(2);
    expect(price.all).toBeCloseTo(7);
  });

  it('are read from the table that is there', () => {
    const prices = readPrices();
    expect(prices.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(priceOf(stageByNumber(3).topology, prices)).toBeGreaterThan(priceOf(stageByNumber(2).topology, prices));
  });

  it.each([
    ['not JSON', '{'],
    ['no date', JSON.stringify({ ...table, date: 'today' })],
    ['no currency', JSON.stringify({ ...table, currency: '' })],
    ['a negative price', JSON.stringify({ ...table, perGiBMonth: -1 })],
    ['an edge without a price', JSON.stringify({ ...table, perGiBFromEdge: { east: 1 } })],
    ['a price that is text', JSON.stringify({ ...table, perLabCpuMonth: '2' })],
  ])('are refused: %s', (name, text) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text);
    expect(() => readPrices(file)).toThrow(BadPriceTable);
  });
});
