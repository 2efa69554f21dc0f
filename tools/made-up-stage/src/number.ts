import { stages } from '@loadstair/stages';

/** Of the stage after the last of the catalogue. */
export const NUMBER = stages.length + 1;
