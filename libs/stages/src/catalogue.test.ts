import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { applySettings, diff, diffLines, validate } from '@loadstair/topology';
import { stageByNumber, stageLines, stageListLines, stages, UnknownStage } from './catalogue.ts';
import { toolsFor } from './tools-for.ts';

const tooLong = (lines: readonly string[]): string[] => lines.filter((line) => [...line].length > 80);

describe.each(stages.map((stage) => ({ name: `${stage.topology.stage} ${stage.topology.slug}`, stage })))('stage $name', ({ stage }) => {
  it('can be run, and names its expected limit by a tier it has', () => {
    expect(validate(stage.topology, declarations)).toEqual([]);
    expect(stage.topology.tiers.map((tier) => tier.name)).toContain(stage.expected.tier);
  });

  it('says each thing in one sentence of a line or two', () => {
    for (const sentence of Object.values(stage.story)) {
      expect(sentence).toMatch(/^[A-Z].{30,150}\.$/);
      expect(sentence.match(/\.(\s|$)/g)).toHaveLength(1);
    }
  });

  it('is shown with every tier and link within 80 columns', () => {
    const lines = stageLines(stage);
    expect(tooLong(lines)).toEqual([]);
    for (const tier of stage.topology.tiers) expect(lines.some((line) => line.startsWith(`  ${tier.name} `))).toBe(true);
    for (const link of stage.topology.links) expect(lines).toContain(`  ${link.from} → ${link.to}   ${link.role}`);
    expect(lines.at(-1)).toContain(`./lab run ${stage.topology.stage}`);
  });
});

describe('the catalogue', () => {
  it('stands in order, and a stage has no number but its own', () => {
    expect(stages.map((stage) => stage.topology.stage)).toEqual(stages.map((_, index) => index + 1));
    expect(() => stageByNumber(stages.length + 1)).toThrow(UnknownStage);
    expect(() => stageByNumber(0)).toThrow(UnknownStage);
  });

  it('is listed a line each, and every difference fits 80 columns', () => {
    expect(stageListLines()).toHaveLength(stages.length);
    expect(tooLong(stageListLines())).toEqual([]);
    for (const from of stages) {
      for (const to of stages) expect(tooLong(diffLines(diff(from.topology, to.topology, declarations)))).toEqual([]);
    }
  });

  it('says what stage 3 changes of stage 2', () => {
    expect(diffLines(diff(stageByNumber(2).topology, stageByNumber(3).topology, declarations))).toEqual([
      '2 separate-database → 3 load-balancer',
      '  + tier lb   1 host, haproxy, 1 lab CPU, 128 MiB',
      '  ~ tier web   hosts 1 → 2, address public → private',
      '  - link clients → web   http',
      '  + link clients → lb   http',
      '  + link lb → web   http',
    ]);
  });

  it('keeps a stage as it was when the next is made or a run changes it', () => {
    // Stage 3 has one more web server and hides both; stage 2 must not have noticed.
    expect(stageByNumber(2).topology.tiers.find((tier) => tier.name === 'web')).toMatchObject({ count: 1, public: true });
    const before = JSON.stringify(stages);
    applySettings(stageByNumber(3).topology, ['web.count=4', 'db.distance=10'], declarations);
    expect(JSON.stringify(stages)).toBe(before);
  });

  it('needs the programs of its components, and a proxy only where a way may be long or slow', () => {
    expect(toolsFor(stageByNumber(1).topology).toSorted()).toEqual(['k6', 'nft', 'postgres', 'prometheus']);
    expect(toolsFor(stageByNumber(3).topology)).toContain('haproxy');
    expect(toolsFor(stageByNumber(3).topology)).not.toContain('toxiproxy');
    expect(toolsFor(stageByNumber(4).topology)).toContain('toxiproxy');
    expect(toolsFor(applySettings(stageByNumber(3).topology, ['db.distance=10'], declarations))).toContain('toxiproxy');
  });
});
