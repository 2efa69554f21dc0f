import type { Manifest } from '@loadstair/runs';

/** What decides who comes, and when. */
export type Users = Pick<Manifest, 'profile' | 'ownProfile' | 'experiment' | 'seed' | 'scale'>;

/** What tells the users of two runs apart, in words; empty where they are the same. */
export function differencesOfUsers(first: Users, second: Users): readonly string[] {
  const of = (name: string, [a, b]: readonly [string | number, string | number]): string[] => (a === b ? [] : [`${name} ${a} and ${b}`]);
  return [
    ...of('profiles', [profileWords(first), profileWords(second)]),
    ...of('seeds', [first.seed, second.seed]),
    ...of('scales', [first.scale, second.scale]),
  ];
}

/** Whether the users of two runs are the same, a sentence or two. */
export function usersWords(first: Users, second: Users): string {
  const differ = differencesOfUsers(first, second);
  if (differ.length > 0) return `Different users: ${differ.join(', ')}.`;
  const what = first.experiment === undefined ? `profile ${first.profile}` : `experiment ${first.experiment}`;
  return `The same users: ${what}, seed ${first.seed}. Steps with the same number and the same load bring the same requests at the same moments.`;
}

/** Own profiles of one name may say different things. */
function profileWords({ experiment, profile, ownProfile }: Users): string {
  if (experiment !== undefined) return `of experiment ${experiment}`;
  return ownProfile === undefined ? profile : `${profile} ${JSON.stringify(ownProfile)}`;
}
