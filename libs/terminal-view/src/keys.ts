/** What single keys are read from: the terminal a command was started in. */
export interface Keyboard {
  setRawMode(raw: boolean): unknown;
  on(event: 'data', listener: (typed: Buffer) => void): unknown;
  off(event: 'data', listener: (typed: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Keys that are signals where single keys are not read. */
const SIGNALS: Readonly<Record<string, NodeJS.Signals>> = { '\u0003': 'SIGINT', '\u001c': 'SIGQUIT' };
const SUSPEND = '\u001a';

/**
 * Calls `pressed` whenever a key is typed, without Enter; signals by key work as before.
 *
 * @returns how to read whole lines again
 */
export function onKey(
  key: string,
  pressed: () => void,
  keyboard: Keyboard,
  signal: (name: NodeJS.Signals) => void = (name) => void process.kill(process.pid, name),
): { end(): void } {
  const read = (typed: Buffer): void => {
    for (const one of typed.toString('utf8')) {
      const asSignal = SIGNALS[one];
      if (asSignal !== undefined) signal(asSignal);
      else if (one === SUSPEND) {
        // The shell gets its terminal as it was.
        keyboard.setRawMode(false);
        process.once('SIGCONT', resumed);
        signal('SIGTSTP');
      } else if (one === key) pressed();
    }
  };
  const resumed = (): void => void keyboard.setRawMode(true);
  keyboard.setRawMode(true);
  keyboard.on('data', read);
  keyboard.resume();
  return {
    end() {
      process.off('SIGCONT', resumed);
      keyboard.off('data', read);
      keyboard.setRawMode(false);
      keyboard.pause();
    },
  };
}
