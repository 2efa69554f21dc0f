import { processIo } from '@loadstair/terminal-view/io';
import { needConsole } from './console-build.ts';

/** Builds the console, for an image that has no packages to build it with (Dockerfile). */
await needConsole(processIo({ environment: {}, noColor: true, noInput: true, debug: false }));
