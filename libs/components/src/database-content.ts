/** What a program keeps in a database, as far as whoever runs the server must know. Paths are relative to the repository. */
export interface DatabaseContent {
  /** Name of the database. */
  readonly name: string;
  /** Fills an empty database, whose address it finds in `SITE_DATABASE`. */
  readonly seedProgram: string;
  /** Folders whose files decide what a filled database holds. */
  readonly sources: readonly string[];
  /** A table that has rows once the database is filled. */
  readonly filled: string;
  /** Tables that users write to, in an order in which what others refer to comes first. */
  readonly restorable: readonly RestorableTable[];
  /** By table: an SQL expression of a row, as far as it tells the row from another one with the same id. */
  readonly marks: Readonly<Record<string, string>>;
  /** Tables whose writes the fault of a hot row holds up. */
  readonly hotTables: readonly string[];
}

export interface RestorableTable {
  readonly name: string;
  readonly key: readonly string[];
  /** SQL condition of rows that users made: the seeded ones are everywhere. */
  readonly made: string;
  /** Whether a row with the same key says the same whatever else it holds. */
  readonly keyIsAll?: true;
}
