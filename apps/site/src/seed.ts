import { seed } from '@loadstair/photo-site';
import { readEnv } from '@loadstair/program';
import { seedConfigFrom } from './config.ts';

const { databaseUrl, size } = seedConfigFrom(readEnv());
await seed(databaseUrl, size);
