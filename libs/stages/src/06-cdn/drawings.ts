import type { Drawing, Part } from '../drawings/draw.ts';

/** Users who carry the cookie of one server. */
const users = (y: number, cookie: string, count: string): Part[] => [
  { kind: 'box', at: [20, y], size: [130, 50], label: count, below: `cookie: ${cookie}` },
  { kind: 'arrow', from: [152, y + 25], to: [298, 128 + (y < 100 ? -14 : 14)] },
];

const stickiness: Drawing = {
  title: 'Stickiness',
  description:
    'Many users carry a cookie that names web-1, few one that names web-2. The balancer sends each user to the server that the cookie names: web-1 is full, web-2 has nothing to do.',
  height: 250,
  parts: [
    ...users(36, 'web-1', 'many users'),
    ...users(170, 'web-2', 'few users'),
    { kind: 'box', at: [300, 98], size: [130, 60], label: 'balancer', below: 'reads the cookie' },
    { kind: 'box', at: [560, 36], size: [140, 60], label: 'web-1', below: 'full', look: 'marked' },
    { kind: 'box', at: [560, 160], size: [140, 60], label: 'web-2', below: 'nearly idle' },
    { kind: 'arrow', from: [432, 116], to: [558, 66], label: 'most requests', labelAt: [-34, -16], look: 'marked' },
    { kind: 'arrow', from: [432, 140], to: [558, 190], label: 'few', labelAt: [-10, 16] },
    { kind: 'note', at: [20, 240], text: 'A third web server would get new users only.', look: 'muted' },
  ],
};

export const drawings: Readonly<Record<string, Drawing>> = { stickiness };
