import { Argument } from 'commander';
import { UnknownStage } from '@loadstair/stages';

/** @param name as commander writes arguments: `<stage>`, or `[stage]` where it may be left out */
export function stageArgument(name: '<stage>' | '[stage]' | '<from>' | '<to>', meaning = 'number of a stage'): Argument {
  return new Argument(name, meaning).argParser(stageNumber);
}

/** A number as a stage has it. Throws UnknownStage where the text is none. */
export function stageNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new UnknownStage(text);
  return Number(text);
}
