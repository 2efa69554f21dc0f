import type { Box, Drawing } from '../drawings/draw.ts';

const replication: Drawing = {
  title: 'Replication',
  description:
    'Web servers send all writes to the primary. The primary sends its log to two replicas, which replay it. Web servers send reads to the replicas.',
  height: 270,
  parts: [
    { kind: 'box', at: [20, 105], size: [150, 60], label: 'web servers' },
    { kind: 'box', at: [300, 20], size: [160, 60], label: 'primary', below: 'takes all writes' },
    { kind: 'box', at: [540, 90], size: [160, 60], label: 'replica 1', below: 'replays the log' },
    { kind: 'box', at: [540, 190], size: [160, 60], label: 'replica 2', below: 'replays the log' },
    { kind: 'arrow', from: [120, 103], to: [298, 50], label: 'writes', labelAt: [-10, -8] },
    { kind: 'arrow', from: [462, 50], to: [600, 88], label: 'log', labelAt: [18, -8], look: 'dashed' },
    { kind: 'arrow', from: [420, 82], to: [538, 214], label: 'log', labelAt: [-20, 4], look: 'dashed' },
    { kind: 'arrow', from: [172, 135], to: [538, 122], label: 'reads', labelAt: [-60, -8] },
    { kind: 'arrow', from: [172, 150], to: [538, 228], label: 'reads', labelAt: [-60, 12] },
    { kind: 'note', at: [20, 255], text: 'A read from a replica is as old as its lag.', look: 'muted' },
  ],
};

/** Writes of one host, each acknowledged. */
const written = (x: number, y: number, numbers: readonly number[], look: Box['look'] = 'item'): Box[] =>
  numbers.map((number, index) => ({ kind: 'box', at: [x + index * 26, y], size: [22, 22], label: String(number), look }));

const failover: Drawing = {
  title: 'Failover',
  description:
    'Before: the primary has acknowledged the writes 1 to 5, the replica has received 1 to 3, and 4 and 5 are on their way. After: the primary is dead, the replica is the new primary with 1 to 3, and 4 and 5 are lost.',
  height: 250,
  parts: [
    { kind: 'note', at: [20, 26], text: 'Before', look: 'strong' },
    { kind: 'box', at: [20, 40], size: [190, 92], label: '', look: 'host' },
    { kind: 'note', at: [115, 66], text: 'primary', anchor: 'middle', look: 'strong' },
    ...written(50, 84, [1, 2, 3]),
    ...written(128, 84, [4, 5], 'marked'),
    { kind: 'note', at: [115, 124], text: 'acknowledged', anchor: 'middle', look: 'muted' },
    { kind: 'box', at: [20, 156], size: [190, 76], label: '', look: 'host' },
    { kind: 'note', at: [115, 182], text: 'replica', anchor: 'middle', look: 'strong' },
    ...written(50, 198, [1, 2, 3]),
    { kind: 'arrow', from: [115, 132], to: [115, 155], label: '4, 5 on their way', labelAt: [66, 4], look: 'marked' },
    { kind: 'arrow', from: [240, 140], to: [400, 140], label: 'the primary dies' },
    { kind: 'note', at: [430, 26], text: 'After', look: 'strong' },
    { kind: 'box', at: [430, 40], size: [190, 92], label: 'old primary', below: 'dead', look: 'dead' },
    { kind: 'box', at: [430, 156], size: [190, 76], label: '', look: 'host' },
    { kind: 'note', at: [525, 182], text: 'new primary', anchor: 'middle', look: 'strong' },
    ...written(460, 198, [1, 2, 3]),
    { kind: 'note', at: [640, 204], text: '4 and 5', look: 'marked' },
    { kind: 'note', at: [640, 220], text: 'are lost', look: 'marked' },
  ],
};

export const drawings: Readonly<Record<string, Drawing>> = { replication, failover };
