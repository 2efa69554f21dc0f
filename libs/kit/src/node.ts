export { bytesOnDisk, namesIn, readTextOr } from './files.ts';
export { processCpuSeconds } from './process-cpu.ts';
export { isAlive, startProcess, type ProcessEnd, type ProcessOptions, type StartedProcess } from './start-process.ts';
export { NotInTime, until } from './until.ts';
export { DiskRefused, writeWhole, writeWholeInNewFolder } from './write-whole.ts';
