export { allBoards } from './all.ts';
export type { Board } from './board.ts';
export type { Absence } from './panels/panel.ts';
