import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls back with what a file says, each time another one is put in its place. Its folder should hold nothing else: whatever
 * changes there is looked at.
 */
export function watchFile<Content>(
  file: string,
  read: (file: string) => Content,
  onChange: (content: Content) => void,
  onError: (error: unknown) => void,
): { stop(): void } {
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== basename(file)) return;
    try {
      onChange(read(file));
    } catch (error) {
      onError(error);
    }
  });
  watcher.on('error', onError);
  return { stop: () => watcher.close() };
}
