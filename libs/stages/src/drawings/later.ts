import type { Drawing, Part } from './draw.ts';

/** What waits, the first at the right. */
const waiting = (count: number): Part[] =>
  Array.from({ length: count }, (_, index): Part => ({ kind: 'box', at: [286 + index * 30, 96], size: [24, 28], label: '', look: 'item' }));

const queue: Drawing = {
  title: 'Message queue',
  description:
    'Web servers put jobs into a queue and answer the user at once. Workers take jobs from the queue, each when it is free. When jobs come faster than workers take them, the backlog grows, and nothing fails.',
  height: 230,
  parts: [
    { kind: 'box', at: [20, 80], size: [140, 60], label: 'web servers', below: 'answer at once' },
    { kind: 'box', at: [270, 66], size: [210, 88], label: 'queue', look: 'group' },
    ...waiting(6),
    { kind: 'box', at: [560, 40], size: [140, 50], label: 'worker 1' },
    { kind: 'box', at: [560, 130], size: [140, 50], label: 'worker 2' },
    { kind: 'arrow', from: [162, 110], to: [268, 110], label: 'a job' },
    { kind: 'arrow', from: [482, 102], to: [558, 68] },
    { kind: 'arrow', from: [482, 118], to: [558, 152] },
    { kind: 'note', at: [375, 172], text: 'backlog: jobs that wait', anchor: 'middle', look: 'muted' },
    { kind: 'note', at: [20, 215], text: 'Both sides can be scaled apart, and either can be away for a while.', look: 'muted' },
  ],
};

const shards: Drawing = {
  title: 'Shards',
  description:
    'The key of a row, here the user, is hashed. The hash decides which of three database hosts has the row: each has a third of the users and takes their reads and writes.',
  height: 250,
  parts: [
    { kind: 'box', at: [20, 95], size: [140, 60], label: 'web server', below: 'user 12' },
    { kind: 'box', at: [260, 95], size: [150, 60], label: 'hash of the key', below: '12 → shard 2' },
    { kind: 'box', at: [540, 20], size: [160, 58], label: 'shard 1', below: 'users 1, 4, 7 …' },
    { kind: 'box', at: [540, 96], size: [160, 58], label: 'shard 2', below: 'users 3, 9, 12 …', look: 'marked' },
    { kind: 'box', at: [540, 172], size: [160, 58], label: 'shard 3', below: 'users 2, 5, 6 …' },
    { kind: 'arrow', from: [162, 125], to: [258, 125] },
    { kind: 'arrow', from: [412, 110], to: [538, 52], look: 'dashed' },
    { kind: 'arrow', from: [412, 125], to: [538, 125], label: 'reads and writes', look: 'marked' },
    { kind: 'arrow', from: [412, 140], to: [538, 198], look: 'dashed' },
    { kind: 'note', at: [20, 240], text: 'Rows of one user stand together; a question about all users asks every shard.', look: 'muted' },
  ],
};

/** For docs; stages that come later show them in their guides. */
export const drawings: Readonly<Record<string, Drawing>> = { queue, shards };
