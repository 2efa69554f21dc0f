import { json, type Choices, type Journey } from './journey.ts';
import type { Visit } from '../lib/send.ts';

/** Photos that are kept as documents too. */
const KEPT = 1000;
/** The lab knows this user by name (mobile). */
const KNOWN = 12;

interface Person {
  readonly id: number;
  readonly name: string;
}

interface Page {
  readonly photoId: number;
  readonly author: Person;
  readonly likedBy: readonly Person[];
}

/** Somebody looks at a photo, who likes it and what is said of it: put together from rows. */
export const page: Journey = (visit, choices) => void look(visit, choices, 'photo-page', (id) => `/api/photos/${id}/page`, true);

/** The same, kept as one document. */
export const pageDocument: Journey = (visit, choices) => void lookAtDocument(visit, choices, true);

function lookAtDocument(visit: Visit, choices: Choices, last: boolean): Page | null {
  return look(visit, choices, 'photo-document', (id) => `/documents/photos/${id}`, last);
}

function look(visit: Visit, { next }: Choices, name: string, pathOf: (id: number) => string, last: boolean): Page | null {
  const id = 1 + Math.floor(next() * KEPT);
  const response = visit.send({
    name,
    path: pathOf(id),
    right: (answer) => json(answer).photoId === id && json(answer).author.name.length > 2 && Array.isArray(json(answer).likedBy),
    last,
  });
  return response === null ? null : (json(response) as Page);
}

/** Somebody whose name a page shows takes another one, and then the old one again: each time one row is written. */
export const rename: Journey = (visit, choices) => renameShown(visit, choices, 'rename', '/users');

/** The same where names stand in documents: each time all of them are written. */
export const renameDocument: Journey = (visit, choices) => renameShown(visit, choices, 'rename-document', '/documents/users');

function renameShown(visit: Visit, choices: Choices, name: string, path: string): void {
  const shown = lookAtDocument(visit, choices, false);
  if (shown === null) return;
  const people = [shown.author, ...shown.likedBy].filter(({ id }) => id !== KNOWN);
  const person = people[Math.floor(choices.next() * people.length)] ?? shown.author;
  const [firstName = '', lastName = ''] = person.name.split(' ');
  const takes = (taken: string, last: boolean): boolean =>
    visit.send({
      name,
      method: 'PUT',
      path: `${path}/${person.id}/name`,
      json: { firstName, lastName: taken },
      right: (answer) => json(answer).lastName === taken,
      last,
    }) !== null;
  // Somebody else may have them under the other name at this moment: the second word alone is the old one.
  if (takes(`${lastName} Jr`, false)) takes(lastName, true);
}
