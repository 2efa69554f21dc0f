import { Option } from 'commander';
import { SPEED } from '@loadstair/recorded/speed';
import { number } from './context.ts';

/** Of commands that show recorded runs in place of measuring. */
export function recordedOption(): Option {
  return new Option('--recorded', 'play runs that came with the lab; needs no Linux, root or network').default(false);
}

/** How fast they are played. */
export function speedOption(): Option {
  return new Option('--speed <x>', `with --recorded: how many times faster than measured, ${SPEED.least} to ${SPEED.most}`)
    .argParser(number('speed', SPEED.least, SPEED.most, false))
    .default(SPEED.usual);
}
