import { describe, expect, it } from '@jest/globals';
import { figuredQuestion, figuresIn, unknownFigures, withFigures } from './figures.ts';
import { readProse } from './prose.ts';
import { lab } from './testing/two-hosts.ts';

const prose = readProse('Busy: {busy}.\n\n- of {1.limit.load}\n- **{look.hosts}** hosts\n\nThe end.');

describe('figures in a text', () => {
  it('are named in braces, wherever words stand', () => {
    expect(figuresIn(prose)).toEqual(['busy', '1.limit.load', 'look.hosts']);
  });

  it('take the place of their names; what names one that no run shows is left out whole', () => {
    const shown = withFigures(prose, (name) => (name === 'busy' ? '97 %' : null));
    expect(shown).toEqual(readProse('Busy: 97 %.\n\nThe end.'));
    expect(withFigures(prose, (name) => `“${name}”`)).toEqual(
      readProse('Busy: “busy”.\n\n- of “1.limit.load”\n- **“look.hosts”** hosts\n\nThe end.'),
    );
  });

  it('are of this step, of an earlier one, or of an earlier lab, and never of a later one', () => {
    const found = (from: string, name: string) => figuredQuestion([lab], lab.stage, from, name)?.question.about ?? null;
    expect(found('limit', 'busy')).toBe('Busy share in the first failing step');
    expect(found('limit', 'look.hosts')).toBe('Hosts');
    expect(found('limit', '2.look.hosts')).toBe('Hosts');
    expect(found('look', 'limit.busy')).toBeNull();
    expect(found('limit', '1.look.hosts')).toBeNull();
    expect(found('limit', 'look.hostz')).toBeNull();
    expect(found('limit', '"id":12')).toBeNull();
  });

  it('that lead nowhere, or to what is not known yet, are told', () => {
    const limit = lab.steps[1] as (typeof lab.steps)[number];
    const wrong = {
      ...limit,
      text: readProse('At {look.hosts}.'),
      anchor: readProse('{busy} or {look.hosts}'),
      why: readProse('{busy}, {bussy}'),
    };
    expect(unknownFigures([lab], { ...lab, steps: [lab.steps[0] as typeof limit, wrong] })).toEqual([
      'limit: {look.hosts}',
      'limit: {busy}',
      'limit: {bussy}',
    ]);
    expect(unknownFigures([lab], lab)).toEqual([]);
  });
});
