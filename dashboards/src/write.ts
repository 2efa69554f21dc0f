import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allBoards, fileText } from './all.ts';
import { GENERATED } from './generated-folder.ts';

// `npm run dashboards`: a dashboard that is no more leaves no file behind.
for (const name of readdirSync(GENERATED)) rmSync(join(GENERATED, name));
for (const board of allBoards()) writeFileSync(join(GENERATED, `${board.dashboard.uid}.json`), fileText(board));
