import { readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENT, layersChart, readPackages, withChart } from './layers.ts';

/** `npm run layers`: draws the layers in docs/explanation/architecture.md anew. */
writeFileSync(DOCUMENT, withChart(readFileSync(DOCUMENT, 'utf8'), layersChart(readPackages())));
