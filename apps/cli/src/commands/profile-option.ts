import { Option } from 'commander';

/** @param note what to add about the option, such as its default */
export function profileOption(note: string): Option {
  return new Option('--profile <name>', `stored load profile, or a file of your own, ./mine.ts (${note})`);
}
