import type { Drawing } from '../drawings/draw.ts';

const readThrough: Drawing = {
  title: 'Read-through',
  description:
    'A hit: the web server asks the cache for user:12 and gets the value. A miss: the cache has nothing, the web server reads the database, and stores the value in the cache with a time to live.',
  height: 290,
  parts: [
    { kind: 'note', at: [20, 28], text: 'Hit', look: 'strong' },
    { kind: 'box', at: [70, 20], size: [130, 60], label: 'web server' },
    { kind: 'box', at: [400, 20], size: [130, 60], label: 'cache', below: 'has user:12' },
    { kind: 'arrow', from: [202, 40], to: [398, 40], label: 'GET user:12' },
    { kind: 'arrow', from: [398, 62], to: [202, 62], label: 'the value', labelAt: [0, 18] },
    { kind: 'note', at: [20, 138], text: 'Miss', look: 'strong' },
    { kind: 'box', at: [70, 150], size: [130, 110], label: 'web server' },
    { kind: 'box', at: [400, 120], size: [130, 60], label: 'cache', below: 'has nothing' },
    { kind: 'box', at: [400, 215], size: [130, 60], label: 'database' },
    { kind: 'arrow', from: [202, 160], to: [398, 138], label: '1  GET user:12: nothing', labelAt: [-8, -14], look: 'marked' },
    { kind: 'arrow', from: [202, 240], to: [398, 250], label: '2  read the row', labelAt: [0, 20] },
    { kind: 'arrow', from: [202, 186], to: [398, 164], label: '3  SET user:12 … EX 3600', labelAt: [6, 27] },
    { kind: 'note', at: [550, 144], text: 'The next reader', look: 'muted' },
    { kind: 'note', at: [550, 160], text: 'gets a hit.', look: 'muted' },
  ],
};

const ttl: Drawing = {
  title: 'Time to live',
  description:
    'An entry is stored and answered from the cache until its time to live ends. When the row is written in between, answers are out of date from the write to that end. Then the entry is gone, and the next read is a miss that stores the entry again.',
  height: 200,
  parts: [
    { kind: 'note', at: [20, 28], text: 'Answers from the cache', look: 'strong' },
    { kind: 'span', at: [90, 60], size: [200, 40], label: 'up to date', look: 'fresh' },
    { kind: 'span', at: [290, 60], size: [190, 40], label: 'out of date', look: 'stale' },
    { kind: 'span', at: [540, 60], size: [150, 40], label: 'up to date', look: 'fresh' },
    { kind: 'arrow', from: [20, 120], to: [705, 120] },
    { kind: 'note', at: [690, 140], text: 'time', anchor: 'end', look: 'muted' },
    { kind: 'arrow', from: [90, 152], to: [90, 122] },
    { kind: 'note', at: [90, 168], text: 'stored', anchor: 'middle' },
    { kind: 'arrow', from: [290, 152], to: [290, 122], look: 'marked' },
    { kind: 'note', at: [290, 168], text: 'the row is written', anchor: 'middle', look: 'marked' },
    { kind: 'arrow', from: [480, 152], to: [480, 122] },
    { kind: 'note', at: [480, 168], text: 'its time ends', anchor: 'middle' },
    { kind: 'arrow', from: [540, 152], to: [540, 122] },
    { kind: 'note', at: [546, 184], text: 'miss: stored again', anchor: 'middle' },
    { kind: 'arrow', from: [92, 48], to: [478, 48], label: 'TTL' },
  ],
};

export const drawings: Readonly<Record<string, Drawing>> = { 'read-through': readThrough, ttl };
