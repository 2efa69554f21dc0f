export { Chance } from './chance.ts';
export { CpuHost, type Program } from './cpu-host.ts';
export { Disk } from './disk.ts';
export { JobQueue, type Jobs } from './job-queue.ts';
export { Timeline } from './timeline.ts';
export { Turnstile } from './turnstile.ts';
export { Weather } from './weather.ts';
