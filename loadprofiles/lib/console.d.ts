/** k6's console; its types leave it out. */
declare const console: { log(line: string): void };
