import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programs } from './programs.ts';

/** `node write-programs.ts FOLDER` writes the lists that the Dockerfile installs: `debian`, and `go` with name and package a line. */
const [, , folder = '.'] = process.argv;
const { debian, go } = programs();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'debian'), debian.map((name) => `${name}\n`).join(''));
writeFileSync(join(folder, 'go'), go.map((program) => `${program.name} ${program.package}\n`).join(''));
