import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { onKey } from './keys.ts';

/** A terminal in the hand of the test. */
class TypedAt extends EventEmitter {
  readonly modes: boolean[] = [];
  reads = false;
  setRawMode(raw: boolean): void {
    this.modes.push(raw);
  }
  resume(): void {
    this.reads = true;
  }
  pause(): void {
    this.reads = false;
  }
  type(text: string): void {
    this.emit('data', Buffer.from(text));
  }
}

it('a key is heard without Enter, others are not, and Ctrl-C is still Ctrl-C', () => {
  const keyboard = new TypedAt();
  const signals: string[] = [];
  let pressed = 0;
  const keys = onKey(
    'o',
    () => (pressed += 1),
    keyboard,
    (name) => signals.push(name),
  );
  keyboard.type('xo');
  keyboard.type('o');
  keyboard.type('\u0003');
  expect({ pressed, signals, modes: keyboard.modes }).toEqual({ pressed: 2, signals: ['SIGINT'], modes: [true] });
  keys.end();
  keyboard.type('o');
  expect({ pressed, modes: keyboard.modes, reads: keyboard.reads }).toEqual({ pressed: 2, modes: [true, false], reads: false });
});

it('a suspended command gives the terminal back, and takes it again', () => {
  const keyboard = new TypedAt();
  const signals: string[] = [];
  const keys = onKey(
    'o',
    () => {},
    keyboard,
    (name) => signals.push(name),
  );
  keyboard.type('\u001a');
  expect({ signals, modes: keyboard.modes }).toEqual({ signals: ['SIGTSTP'], modes: [true, false] });
  process.emit('SIGCONT');
  expect(keyboard.modes).toEqual([true, false, true]);
  keys.end();
});
