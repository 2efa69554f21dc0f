import type { Database } from './database.ts';

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
                     (SELECT array_agg(number ORDER BY position) FROM phone_numbers WHERE user_id = u.id) AS numbers
                FROM users u WHERE u.id = $1`;

const CREATE = `WITH made AS (
                  INSERT INTO users (first_name, last_name, street, city, state, postal_code)
                  VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
                ), numbers AS (
                  INSERT INTO phone_numbers (user_id, position, number)
                  SELECT made.id, given.position, given.number
                    FROM made, unnest($7::text[]) WITH ORDINALITY AS given (number, position)
                ), document AS (
                  INSERT INTO user_documents (user_id, document)
                  SELECT made.id, jsonb_build_object('id', made.id) || $8::jsonb FROM made
                )
                SELECT id FROM made`;

export function postgresUsers(database: Database): Users {
  return {
    async find(id) {
      const [row] = await database.read((query) => query<Row>('user', FIND, [id]));
      return row === undefined ? null : toUser(row);
    },
    async create(user) {
      const { streetAddress, city, state, postalCode } = user.address;
      const [row] = await database.write((query) =>
        query<{ id: number }>('user-create', CREATE, [
          user.firstName,
          user.lastName,
          streetAddress,
          city,
          state,
          postalCode,
          user.phoneNumbers,
          JSON.stringify(user),
        ]),
      );
      return { id: (row as { id: number }).id, ...user };
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
