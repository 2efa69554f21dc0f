import type { Drawing } from '../drawings/draw.ts';

/** Name, address, request, answer: before there is more than one host. */
const requestPath: Drawing = {
  title: 'From a name to a page',
  description:
    'A phone or browser asks a name server for the address of photos.lab and gets an IP address. Then it sends GET /users/12 to the one host, on which web application and database run, and gets HTML or JSON.',
  height: 240,
  parts: [
    { kind: 'box', at: [20, 96], size: [140, 60], label: 'phone, browser', below: 'of a user' },
    { kind: 'box', at: [290, 20], size: [160, 54], label: 'name server', below: 'DNS' },
    { kind: 'box', at: [500, 80], size: [200, 140], label: 'server-1', look: 'group' },
    { kind: 'box', at: [520, 108], size: [160, 44], label: 'web application' },
    { kind: 'box', at: [520, 166], size: [160, 40], label: 'database' },
    { kind: 'arrow', from: [110, 94], to: [288, 36], label: '1  photos.lab?', labelAt: [-30, -10] },
    { kind: 'arrow', from: [288, 62], to: [150, 94], label: '2  IP address', labelAt: [38, 20] },
    { kind: 'arrow', from: [162, 120], to: [516, 120], label: '3  GET /users/12', labelAt: [20, -7] },
    { kind: 'arrow', from: [516, 142], to: [162, 142], label: '4  HTML for browsers, JSON for apps', labelAt: [0, 18] },
    { kind: 'arrow', from: [592, 152], to: [592, 164] },
    { kind: 'arrow', from: [608, 166], to: [608, 154] },
  ],
};

export const drawings: Readonly<Record<string, Drawing>> = { 'request-path': requestPath };
