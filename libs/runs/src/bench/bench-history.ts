import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BadRun } from '../errors.ts';
import type { BenchResult } from './bench-result.ts';

/** All benches of a lab, one line of JSON each, oldest first. */
export interface BenchHistory {
  readonly file: string;
  append(result: BenchResult): void;
  /** The last ones, oldest first. Throws BadRun when a line is damaged or of another version. */
  last(count: number): readonly BenchResult[];
}

const SCHEMA = 1;

export function benchHistory(labFolder: string): BenchHistory {
  const file = join(labFolder, 'bench', 'history.ndjson');
  return {
    file,
    append(result) {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${JSON.stringify(result)}\n`);
    },
    last(count) {
      if (!existsSync(file)) return [];
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      return lines.slice(-count).map((line, index) => parse(line, lines.length - Math.min(count, lines.length) + index + 1, file));
    },
  };
}

function parse(line: string, number: number, file: string): BenchResult {
  const damaged = (why: string): BadRun =>
    new BadRun(`Line ${number} of ${file} cannot be read.`, why, `mv ${file} ${file}.old`, 'E_BENCH_HISTORY');
  let read: Partial<BenchResult>;
  try {
    read = JSON.parse(line) as Partial<BenchResult>;
  } catch {
    throw damaged('the line is not JSON');
  }
  if (read.schema !== SCHEMA) throw damaged(`schema ${String(read.schema)}; this lab reads ${SCHEMA}`);
  if (!Array.isArray(read.rows) || typeof read.at !== 'string') throw damaged('rows or time are missing');
  return read as BenchResult;
}
