import type { ReactNode } from 'react';
import type { StageAnswer } from '@loadstair/lab-api';
import { Heads, left } from '../shell/heads.tsx';

type Setting = StageAnswer['settings'][number];

/** What `--set` may change of a stage: what it is now, what it takes and what it means. */
export function SettingsTable({ settings }: { readonly settings: StageAnswer['settings'] }): ReactNode {
  return (
    <div className="scroll" tabIndex={0}>
      <table className="settings">
        <Heads columns={['setting', 'value', left('allowed values'), left('meaning'), left('while it runs')]} />
        <tbody>
          {settings.map((setting) => (
            <tr key={`${setting.tier}.${setting.key}`}>
              <th scope="row">
                <code>
                  {setting.tier}.{setting.key}
                </code>
              </th>
              <td>{setting.value ?? '–'}</td>
              <td className="left wrap">{takes(setting)}</td>
              <td className="left wrap">{setting.meaning}</td>
              <td className="left">{setting.live ? 'can be set' : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function takes({ takes: allowed }: Setting): string {
  if (allowed.kind === 'word') return allowed.words.join(', ');
  const unit = allowed.unit === null ? '' : ` ${allowed.unit}`;
  return `${allowed.low} to ${allowed.high}${unit}${allowed.whole ? ', whole' : ''}`;
}
