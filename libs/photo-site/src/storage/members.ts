import { readFileSync } from 'node:fs';
import { z } from 'zod';

const MEMBER = z.object({ name: z.string().min(1), url: z.string().startsWith('postgres://') });
const MEMBERS = z.object({ primary: MEMBER, replicas: z.array(MEMBER) });

/** The database servers there are, and which of them takes writes. */
export type Members = z.infer<typeof MEMBERS>;
export type Member = z.infer<typeof MEMBER>;

export function readMembers(file: string): Members {
  return MEMBERS.parse(JSON.parse(readFileSync(file, 'utf8')));
}
