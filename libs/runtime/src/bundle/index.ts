export { fileSha256, workFolder, writeBundle, WORK_PREFIX, type WriteOptions, type WrittenBundle } from './write-bundle.ts';
export { unpackBundle, type UnpackedBundle } from './unpack-bundle.ts';
