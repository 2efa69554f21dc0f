import { expect, it } from '@jest/globals';
import { profileByName } from '@loadstair/load';
import { stages } from '@loadstair/stages';

it.each(stages)('the profile that reveals stage $topology.stage is stored', ({ profile }) => {
  expect(profileByName(profile).name).toBe(profile);
});
