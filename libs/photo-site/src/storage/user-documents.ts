import type { Database } from './database.ts';
import type { User, Users } from './users.ts';

const FIND = 'SELECT document FROM user_documents WHERE owner_id = $1';

/** The same users, each kept whole under its key: a read without a join. */
export function documentUsers(database: Database): Pick<Users, 'find'> {
  return {
    async find(id) {
      const [row] = await database.read(id, (query) => query<{ document: User }>('user-document', FIND, [id]));
      return row === undefined ? null : inOrder(row.document);
    },
  };
}

/** jsonb forgets the order of keys; both reads answer to the byte the same. */
function inOrder({ id, firstName, lastName, address, phoneNumbers }: User): User {
  const { streetAddress, city, state, postalCode } = address;
  return { id, firstName, lastName, address: { streetAddress, city, state, postalCode }, phoneNumbers };
}
