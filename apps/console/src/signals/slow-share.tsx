import type { ReactNode } from 'react';
import { milliseconds, percent } from '@loadstair/analysis';
import type { SlowShare } from '@loadstair/runs';
import { Heads, left } from '../shell/heads.tsx';

/** What slow traces have in common, against the rest of those that are asked for. */
export function SlowShared({ slow }: { readonly slow: SlowShare | null }): ReactNode {
  return (
    <section className="slow-share">
      <h2>What slow traces share</h2>
      {slow === null ? <p>Too few traced requests to tell: it takes five slow ones and five others.</p> : <Told slow={slow} />}
    </section>
  );
}

function Told({ slow: { slowMs, slowIs, slow, rest, traits, parts } }: { readonly slow: SlowShare }): ReactNode {
  const all = slow + rest;
  return (
    <>
      <p>
        {slowIs === 'slo'
          ? `Slow: longer than ${milliseconds(slowMs)} ms, the SLO. ${slow} of ${all} traced requests.`
          : `Slow: the slowest tenth, longer than ${milliseconds(slowMs)} ms. ${slow} of ${all} traced requests; too few missed the SLO.`}
      </p>
      <div className="two">
        {traits.length === 0 ? (
          <p>Slow traces are like the rest: no route, host, step or query is more frequent among them than chance allows.</p>
        ) : (
          <div className="scroll" tabIndex={0}>
            <table>
              <Heads columns={['property', left('value'), `of ${slow} slow`, `of ${rest} others`, 'ratio']} />
              <tbody>
                {traits.map(({ about, value, slow: hits, rest: others, ratio }) => (
                  <tr key={`${about} ${value}`}>
                    <th scope="row">{about}</th>
                    <td className="left wrap">{value}</td>
                    <td>
                      {percent(hits / slow)} ({hits})
                    </td>
                    <td>
                      {percent(others / rest)} ({others})
                    </td>
                    <td>{ratio === null ? 'none of the rest' : `×${ratio.toFixed(1)}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div className="scroll" tabIndex={0}>
          <table>
            <Heads columns={['time, mean', 'slow, ms', 'others, ms', 'longer']} />
            <tbody>
              {parts.map((one) => (
                <tr key={one.part}>
                  <th scope="row">{one.part}</th>
                  <td>{milliseconds(one.slowMs)}</td>
                  <td>{milliseconds(one.restMs)}</td>
                  <td>{one.restMs === 0 ? '–' : `×${(one.slowMs / one.restMs).toFixed(1)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}
