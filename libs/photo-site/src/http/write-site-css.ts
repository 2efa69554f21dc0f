import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteCss } from './site-css.ts';

writeFileSync(join(import.meta.dirname, '../../static/site.css'), siteCss());
