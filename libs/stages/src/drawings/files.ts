import { join } from 'node:path';
import { drawings as singleServer } from '../01-single-server/drawings.ts';
import { drawings as replication } from '../04-replication/drawings.ts';
import { drawings as cache } from '../05-cache/drawings.ts';
import { drawings as cdn } from '../06-cdn/drawings.ts';
import { draw, type Drawing } from './draw.ts';
import { drawings as later } from './later.ts';

const SOURCES = join(import.meta.dirname, '..');

/** Every drawing with the folder of what it explains. */
const FOLDERS: readonly (readonly [folder: string, drawings: Readonly<Record<string, Drawing>>])[] = [
  [join(SOURCES, '01-single-server'), singleServer],
  [join(SOURCES, '04-replication'), replication],
  [join(SOURCES, '05-cache'), cache],
  [join(SOURCES, '06-cdn'), cdn],
  [join(SOURCES, '../../../docs/pictures'), later],
];

/** Files of all drawings, with what stands in them. */
export function drawingFiles(): { readonly file: string; readonly svg: string }[] {
  return FOLDERS.flatMap(([folder, drawings]) =>
    Object.entries(drawings).map(([name, drawing]) => ({ file: join(folder, `${name}.svg`), svg: draw(drawing) })),
  );
}
