/**
 * What somebody who wrote sees when reading it again: perhaps not yet (`none`), the primary's state for some seconds
 * (`after-write-primary`), or that of a replica which has replayed the write (`wait-for-lsn`).
 */
export type Consistency = 'none' | 'after-write-primary' | 'wait-for-lsn';
