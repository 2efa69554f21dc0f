import { useMemo } from 'react';
import { examplesIn, type Examples } from '@loadstair/topology';
import { useReading } from '../lab/use-reading.ts';

/** Stages and tiers of the catalogue that commands are shown with; null until they are read. */
export function useExamples(): Examples | null {
  const { reading } = useReading('GET /api/stages', []);
  const stages = 'answer' in reading ? reading.answer : null;
  return useMemo(() => (stages === null ? null : examplesIn(stages.map(({ topology }) => topology))), [stages]);
}
