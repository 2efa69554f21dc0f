import { useState, type ReactNode } from 'react';
import { percent, sloText } from '@loadstair/analysis';
import { useReading } from '../lab/use-reading.ts';
import { useStart } from '../lab/start.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Heads, left } from '../shell/heads.tsx';
import { Failed, Loading } from '../shell/states.tsx';

/** The stored load profiles; they are read when somebody opens them. */
export function Profiles({ stage }: { readonly stage: number }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details id="profiles" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Load profiles</summary>
      {open ? <ProfilesTable stage={stage} /> : null}
    </details>
  );
}

/** What each is for, and what its users do; each can be run on the stage. */
function ProfilesTable({ stage }: { readonly stage: number }): ReactNode {
  const { reading } = useReading('GET /api/profiles', []);
  const start = useStart();
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="profiles" />;
  return (
    <div className="scroll" tabIndex={0}>
      <table className="profiles">
        <Heads columns={['profile', left('purpose'), left('what its users do'), 'reads per write', left('SLO'), left('run')]} />
        <tbody>
          {reading.answer.map((profile) => (
            <tr key={profile.name}>
              <th scope="row">{profile.name}</th>
              <td className="left wrap">{profile.purpose}</td>
              <td className="left wrap">
                {profile.journeys.map(({ name, does, share }) => (
                  <span className="detail" key={name}>
                    {percent(share)} {does}
                  </span>
                ))}
              </td>
              <td>{profile.readsPerWrite === null ? 'reads only' : profile.readsPerWrite.toFixed(1)}</td>
              <td className="left">{sloText(profile.slo)}</td>
              <td className="left">
                <ActionButton onPress={() => start.run({ stage, profile: profile.name })}>Run {profile.name}</ActionButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
