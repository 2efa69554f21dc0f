import { examplesIn, type Examples } from '@loadstair/topology';
import { stages } from './catalogue.ts';

/** Examples of the catalogue, for help and advice. */
export const EXAMPLE: Examples = examplesIn(stages.map(({ topology }) => topology));
