import type { Answer } from '../answer.ts';
import type { Judgement, Question } from '../question.ts';
import type { Ran } from '../seen.ts';
import { seenOf } from './recorded.ts';

export const pick = (value: string): Answer => ({ kind: 'choice', value });
export const between = (low: number, high: number): Answer => ({ kind: 'range', low, high });
export const read = (value: number): Answer => ({ kind: 'number', value });
export const UNSURE: Answer = { kind: 'unsure' };

export const judge = (question: Question, answer: Answer, ran: Ran | null, earlier: Ran | null = null): Judgement =>
  question.judge(answer, seenOf(ran, earlier));
export const outcome = (...args: Parameters<typeof judge>): string => judge(...args).outcome;
