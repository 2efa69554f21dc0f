import type { Database } from './database.ts';
import type { Ids } from './ids.ts';

/** A user as `GET /users/{id}` answers it. */
export interface User {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly address: { readonly streetAddress: string; readonly city: string; readonly state: string; readonly postalCode: number };
  readonly phoneNumbers: readonly string[];
}

export interface NewUser {
  readonly firstName: string;
  readonly lastName: string;
  readonly address: User['address'];
  readonly phoneNumbers: readonly string[];
}

export interface Users {
  find(id: number): Promise<User | null>;
  create(user: NewUser): Promise<User>;
}

interface Row {
  id: number;
  first_name: string;
  last_name: string;
  street: string;
  city: string;
  state: string;
  postal_code: number;
  numbers: string[] | null;
}

const FIND = `SELECT u.id, u.first_name, u.last_name, u.street, u.city, u.state, u.postal_code,
                     (SELECT array_agg(number ORDER BY position) FROM phone_numbers WHERE owner_id = u.id) AS numbers
                FROM users u WHERE u.id = $1`;

const CREATE = `WITH made AS (
                  INSERT INTO users (id, first_name, last_name, street, city, state, postal_code)
                  VALUES ($9, $1, $2, $3, $4, $5, $6) RETURNING id
                ), numbers AS (
                  INSERT INTO phone_numbers (owner_id, position, number)
                  SELECT made.id, given.position, given.number
                    FROM made, unnest($7::text[]) WITH ORDINALITY AS given (number, position)
                ), document AS (
                  INSERT INTO user_documents (owner_id, document)
                  SELECT made.id, jsonb_build_object('id', made.id) || $8::jsonb FROM made
                )
                SELECT 1`;

export function postgresUsers(database: Database, ids: Ids): Users {
  return {
    async find(id) {
      const [row] = await database.read(id, (query) => query<Row>('user', FIND, [id]));
      return row === undefined ? null : toUser(row);
    },
    async create(user) {
      const { streetAddress, city, state, postalCode } = user.address;
      const id = ids.owner();
      await database.write(id, (query) =>
        query('user-create', CREATE, [
          user.firstName,
          user.lastName,
          streetAddress,
          city,
          state,
          postalCode,
          user.phoneNumbers,
          JSON.stringify(user),
          id,
        ]),
      );
      return { id, ...user };
    },
  };
}

function toUser(row: Row): User {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    address: { streetAddress: row.street, city: row.city, state: row.state, postalCode: row.postal_code },
    phoneNumbers: row.numbers ?? [],
  };
}
