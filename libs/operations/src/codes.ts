import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NO_MACHINES: {
    means: 'The hosts of this site cannot be changed, because the lab did not start it.',
    mend: 'Start a site with `./lab up STAGE` and repeat the command there.',
  },
  E_NO_SILENCE: {
    means: 'No host can lose power here: that needs nftables, which must drop the packets of one control group.',
    mend: 'Run `./lab doctor isolation`; it names what is missing. `./lab crash HOST` works without it.',
  },
  E_NO_EDGES: {
    means: 'The site has no edges: clients of this stage fetch files from the site itself.',
    mend: 'Start a stage that has edges; `./lab stages` lists them.',
  },
  E_NO_REPLICAS: {
    means: 'The site has one database, and no replica that could take its place.',
    mend: 'Start a stage that has replicas; `./lab stages` lists them.',
  },
  E_NO_PROMISES: {
    means: 'It is not known which writes were acknowledged: only the load generator of the lab records them.',
    mend: 'Run an experiment that counts writes; `./lab experiments` lists them.',
  },
  E_NO_CLIENTS: {
    means: 'The site has no clients of the lab, because the lab did not start it.',
    mend: 'Start a site with `./lab up STAGE` and repeat the command there.',
  },
  E_GROUP: {
    means: 'The site has several groups of databases, and the command named none.',
    mend: 'Name one of the groups that the error lists.',
  },
  E_UNKNOWN_HOST: {
    means: 'The site has no host of that name. The error lists those that it has.',
    mend: 'Run `./lab status`, and use a name that it shows.',
  },
  E_UNKNOWN_TIER: {
    means: 'The site has no tier of that name. The error lists those that it has.',
    mend: 'Run `./lab status`, and use a name that it shows.',
  },
  E_UNKNOWN_GROUP: {
    means: 'The site has no group of databases of that name. The error lists those that it has.',
    mend: 'Run `./lab status`, and use a name that it shows.',
  },
  E_UNKNOWN_PLACE: {
    means: 'The site has no place of that name. The error lists those that it has.',
    mend: 'Use one of the places that the error lists.',
  },
  E_NO_SUCH_HOST: {
    means: 'No host of that tier or place is in the state that the action needs, such as up or dead.',
    mend: 'Run `./lab status`: it shows the state of every host.',
  },
} as const satisfies Codes;
