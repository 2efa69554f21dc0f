import { z } from 'zod';
import { Problem } from './problem.ts';

/** Ids above it cannot exist (storage/ids.ts). */
const MAX_ID = Number.MAX_SAFE_INTEGER;

/** A positive id out of a path or query; 400 for anything else. */
export function idOf(text: unknown, what: string): number {
  if (typeof text !== 'string' || !/^[1-9]\d{0,15}$/.test(text) || Number(text) > MAX_ID) {
    throw new Problem(400, `${what} must be a whole number from 1 to ${MAX_ID}.`);
  }
  return Number(text);
}

/** Text as PostgreSQL can keep it: a NUL cannot be stored, and lone surrogates are no text. */
const text = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be plain text');

export const SESSION_BODY = z.strictObject({ user: z.int().min(1).max(MAX_ID) });
export const COMMENT_BODY = z.strictObject({ text: text(500) });
export const ORDER_BODY = z.strictObject({
  photoId: z.int().min(1).max(MAX_ID),
  size: text(20),
  quantity: z.int().min(1).max(100),
});
export const USER_BODY = z.strictObject({
  firstName: text(60),
  lastName: text(60),
  address: z.strictObject({ streetAddress: text(120), city: text(60), state: text(40), postalCode: z.int().min(0).max(999_999) }),
  phoneNumbers: z.array(text(30)).max(10).default([]),
});
export const NAME_BODY = z.strictObject({ firstName: text(60), lastName: text(60) });
export const CAPTION = text(200);
