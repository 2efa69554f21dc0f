import { writeFileSync } from 'node:fs';
import { drawingFiles } from './files.ts';

for (const { file, svg } of drawingFiles()) writeFileSync(file, svg);
