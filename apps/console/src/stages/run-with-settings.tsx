import { useState, type ReactNode } from 'react';
import type { StageAnswer } from '@loadstair/lab-api';
import type { Topology } from '@loadstair/topology';
import { useStart } from '../lab/start.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Command } from '../shell/copy-button.tsx';
import { SettingsTable } from './settings-table.tsx';

/** What `--set` takes of a stage, and a run with some of it changed. */
export function RunWithSettings({
  topology,
  settings,
}: {
  readonly topology: Topology;
  readonly settings: StageAnswer['settings'];
}): ReactNode {
  const { stage, tiers } = topology;
  const start = useStart();
  const [text, setText] = useState('');
  const set = text.split(/\s+/).filter(Boolean);
  const command = `./lab run ${stage}${set.map((one) => ` --set ${one}`).join('')}`;
  return (
    <details id="settings">
      <summary>Settings, and a run with some of them changed</summary>
      <p>
        <Command>{command}</Command>
      </p>
      <div className="choices">
        <label>
          Settings{' '}
          <input
            type="text"
            value={text}
            placeholder={`${tiers[0]?.name}.cpu=2 ${tiers.at(-1)?.name}.distance=10`}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <ActionButton primary onPress={() => start.run({ stage, set })}>
          Run
        </ActionButton>
        <ActionButton onPress={() => start.run({ stage, set, quick: true })}>Quick</ActionButton>
      </div>
      <SettingsTable settings={settings} />
    </details>
  );
}
