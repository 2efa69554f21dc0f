import { useState, type ChangeEvent, type DragEvent, type ReactNode } from 'react';
import { droppedFiles } from './dropped-files.ts';

/** Where files are chosen, one by one or by the folder, or dropped. */
export function ChooseFiles({
  accept,
  onFiles,
}: {
  readonly accept: string;
  readonly onFiles: (files: readonly File[]) => void;
}): ReactNode {
  const [over, setOver] = useState(false);
  const chosen = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    onFiles([...(currentTarget.files ?? [])]);
    // The same file, changed, can be chosen again.
    currentTarget.value = '';
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer.items).then(onFiles);
  };
  const drag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div className={over ? 'drop over' : 'drop'} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop}>
      <label className="button">
        Choose files
        <input type="file" className="unseen" multiple accept={accept} onChange={chosen} />
      </label>
      <label className="button">
        Choose a folder
        <input type="file" className="unseen" ref={(input) => input?.setAttribute('webkitdirectory', '')} onChange={chosen} />
      </label>
      <span>or drop them here</span>
    </div>
  );
}
