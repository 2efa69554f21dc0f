import { stages } from '@loadstair/stages';
import type { Board } from './board.ts';
import { business } from './boards/business.ts';
import { hosts } from './boards/hosts.ts';
import { labHealth } from './boards/lab-health.ts';
import { run } from './boards/run.ts';
import { stageBoard } from './boards/stage.ts';
import { tiers } from './boards/tiers.ts';

/** Every dashboard of the lab; a stage has its own by being in the catalogue. */
export function allBoards(): Board[] {
  return [run(), tiers(), hosts(), business(), labHealth(), ...stages.map(stageBoard)];
}

/** The text of its file in generated/. */
export function fileText({ dashboard }: Board): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
