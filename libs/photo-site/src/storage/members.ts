import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { watchFile } from '../files/watch-file.ts';

const MEMBER = z.object({ name: z.string().min(1), url: z.string().startsWith('postgres://') });
const MEMBERS = z.object({ primary: MEMBER, replicas: z.array(MEMBER) });

/** The database servers there are, and which of them takes writes. */
export type Members = z.infer<typeof MEMBERS>;
export type Member = z.infer<typeof MEMBER>;

export function readMembers(file: string): Members {
  return MEMBERS.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Calls back with what the file says now, each time another one is put in its place. */
export function watchMembers(file: string, onChange: (members: Members) => void, onError: (error: unknown) => void): { stop(): void } {
  return watchFile(file, readMembers, onChange, onError);
}
