import type { ReactNode } from 'react';
import type { ClassCell, ClassColumn, ClassOverview, ClassRow } from '@loadstair/labs';
import { cellText } from '@loadstair/labs/class-overview';
import { Heads, left } from '../shell/heads.tsx';
import { LearnersRun } from './learners-run.tsx';
import { Thoughts } from './thoughts.tsx';
import { WrongHosts } from './wrong-hosts.tsx';

interface ColumnAt {
  readonly column: ClassColumn;
  /** Of the cells of a row. */
  readonly at: number;
}

/** One lab of the class: a learner a row, a step a column, and what the class thought at first below. */
export function ClassLab({ stage, overview }: { readonly stage: number; readonly overview: ClassOverview }): ReactNode {
  const own = overview.columns.flatMap((column, at) => (column.stage === stage ? [{ column, at }] : []));
  const columns = own.map(({ column }) => column);
  return (
    <>
      <h2>
        Lab {stage}: {columns[0]?.labTitle}
      </h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={`Class in lab ${stage}`}>
        <table className="class">
          <Heads columns={[left('learner'), ...columns.map(({ number, title }) => left(`${number} ${title}`))]} />
          <tbody>
            {overview.rows.map((row) => (
              <LearnerRow key={row.id} row={row} columns={own} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">right at first prediction</th>
              {columns.map(({ step, right }) => (
                <td className="left" key={step}>
                  {right === null ? '–' : `${right.right} of ${right.of}`}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">most common wrong prediction</th>
              {columns.map(({ step, wrong }) => (
                <td className="left" key={step}>
                  {wrong.length === 0
                    ? '–'
                    : wrong.map(({ about, said, times }) => (
                        <span className="detail" key={about}>
                          {said}, {times}× <span className="unseen">({about})</span>
                        </span>
                      ))}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <Thoughts columns={columns} />
      <WrongHosts stage={stage} columns={columns} />
    </>
  );
}

function LearnerRow({ row, columns }: { readonly row: ClassRow; readonly columns: readonly ColumnAt[] }): ReactNode {
  return (
    <tr>
      <th scope="row">{row.learner}</th>
      {columns.map(({ column, at }) => {
        const cell: ClassCell = row.cells[at] ?? { kind: 'untouched' };
        const run = row.runs[at] ?? null;
        const text = cellText(cell);
        return (
          <td className={`left ${cell.kind}`} key={column.step}>
            {run === null ? text : <LearnersRun run={run} learner={row.learner} text={text} />}
          </td>
        );
      })}
    </tr>
  );
}
