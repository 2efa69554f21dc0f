import { useState, type ReactNode } from 'react';
import type { ClassFiles } from '@loadstair/labs';
import { classOverview } from '@loadstair/labs/class-overview';
import { readClass, textOf } from '@loadstair/labs/lablog';
import { Link } from 'wouter';
import { useTitle } from '../shell/use-title.ts';
import { CalibrationList } from './calibration.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { ClassLab } from './class-lab.tsx';
import { Games } from './games.tsx';

const LAB_LOG = '.lablog.json';
const NONE: ClassFiles = { logs: [], unread: [] };

/** What this tab has read: a teacher who looks at a run finds the class again. */
let kept = NONE;

/** The teacher’s table. Lab logs are read in the page, and go nowhere. */
export function ClassPage(): ReactNode {
  useTitle('Class');
  const [files, setFiles] = useState(kept);
  const [none, setNone] = useState(false);
  const keep = (next: ClassFiles): void => {
    kept = next;
    setFiles(next);
  };
  const read = async (chosen: readonly File[]): Promise<void> => {
    const logs = chosen.filter((file) => file.name.endsWith(LAB_LOG));
    const texts = await Promise.all(
      logs.map(async (file) => ({ name: file.name, text: textOf(new Uint8Array(await file.arrayBuffer())) })),
    );
    const more = readClass(texts);
    setNone(chosen.length > 0 && logs.length === 0);
    keep({ logs: [...kept.logs, ...more.logs], unread: more.unread });
  };
  const overview = classOverview(files.logs);
  const { columns, rows, sameNames, calibration, games, gain } = overview;
  const stages = [...new Set(columns.map((column) => column.stage))];
  return (
    <>
      <p className="run-header">
        <Link href="/labs">Labs</Link>
      </p>
      <h1>Class</h1>
      <p>
        Collect what learners export under Labs, or with <code>./lab workshop --report</code>: one file per learner. This page reads the
        files itself; nothing leaves this machine.
      </p>
      <ChooseFiles accept={LAB_LOG} onFiles={(chosen) => void read(chosen)} />
      <div role="status">
        {none ? <p>None of these files is a lab log. The name of a lab log ends in {LAB_LOG}.</p> : null}
        {files.unread.map((problem) => (
          <p key={problem.what}>
            ✕ {problem.what} {problem.why}
          </p>
        ))}
        {sameNames.map((name) => (
          <p key={name}>! Several learners are called {name}. The id in their logs distinguishes them; ask each for a different name.</p>
        ))}
        {rows.length === 0 ? null : (
          <p>
            {rows.length} {rows.length === 1 ? 'learner' : 'learners'}, the most stuck first.{' '}
            <button type="button" onClick={() => keep(NONE)}>
              Clear
            </button>
          </p>
        )}
      </div>
      {stages.map((stage) => (
        <ClassLab key={stage} stage={stage} overview={overview} />
      ))}
      <Games games={games} />
      {gain === null ? null : <p>{gain}</p>}
      <CalibrationList calibration={calibration} title="How sure the class was, and how often right" />
    </>
  );
}
