import { expect, it } from '@jest/globals';
import { profileByName } from '@loadstair/load';
import { stages } from '@loadstair/stages';

it.each(stages)('the profile that reveals stage $topology.stage is stored and says so', ({ profile, topology }) => {
  expect(profileByName(profile).purpose).toContain(`(reveals stage ${topology.stage})`);
});
