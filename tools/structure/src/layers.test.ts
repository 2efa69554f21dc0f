import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { DOCUMENT, layersChart, readPackages, withChart, type Package } from './layers.ts';

it('the picture of the layers is current: npm run layers draws it anew', () => {
  const document = readFileSync(DOCUMENT, 'utf8');
  expect(withChart(document, layersChart(readPackages()))).toBe(document);
});

it('draws arrows between layers only, and puts what others of a layer depend on below them', () => {
  const packages: Package[] = [
    { name: 'program', layer: 'app', dependsOn: ['upper', 'base'] },
    { name: 'upper', layer: 'feature', dependsOn: ['lower', 'base'] },
    { name: 'lower', layer: 'feature', dependsOn: [] },
    { name: 'other', layer: 'feature', dependsOn: [] },
    { name: 'base', layer: 'kit', dependsOn: [] },
  ];
  expect(layersChart(packages).split('\n')).toEqual([
    'flowchart TB',
    '  app["<b>programs</b><br/>program"]',
    '  feature["<b>features</b><br/>upper<br/>lower · other"]',
    '  kit["<b>foundations</b><br/>base"]',
    '  app --> feature',
    '  app --> kit',
    '  feature --> kit',
  ]);
});

it('refuses a document without its marks', () => {
  expect(() => withChart('# Architecture\n', 'flowchart TB')).toThrow('There are no marks');
});
