import { contention, permanent, transient, type Classification } from './classification.ts';

const UNREACHABLE = transient('NETWORK', 'Check that the database is running and reachable.');
const WRONG_DATA = permanent(
  'VALIDATION',
  'Correct the statement or the data that the message names, then promote again.',
);
const EXHAUSTED = transient('UNKNOWN', 'Give the database server what the message says it has run out of.');

const BY_CODE: Readonly<Record<string, Classification>> = {
  '25P03': transient('TIMEOUT', 'Find out why the transaction stood idle for so long.'),
  '25P04': transient('TIMEOUT', 'Raise transaction_timeout or make the transaction smaller.'),
  '40001': contention('TIMEOUT', 'Nothing to do unless it happens often: another transaction came first.'),
  '40P01': contention('TIMEOUT', 'Nothing to do unless it happens often: two transactions blocked each other.'),
  '42501': permanent('PERMISSION', 'Grant the database role the privilege that the message names.'),
  '53300': transient('NETWORK', 'Raise max_connections or close idle connections.'),
  '55006': contention('TIMEOUT', 'Close the sessions that use the object.'),
  '55P03': contention('TIMEOUT', 'Look for a long transaction that holds the lock.'),
  '57014': transient('TIMEOUT', 'Raise statement_timeout or make the statement faster.'),
  '57P04': permanent('VALIDATION', 'The database was dropped: restore it, or correct its name.'),
};

/** By class, the first two characters (PostgreSQL documentation, appendix A). */
const BY_CLASS: Readonly<Record<string, Classification>> = {
  '08': UNREACHABLE,
  '0A': WRONG_DATA,
  '21': WRONG_DATA,
  '22': WRONG_DATA,
  '23': WRONG_DATA,
  '25': WRONG_DATA,
  '28': permanent('AUTHENTICATION', 'Correct the user or the password of the database connection.'),
  '2B': WRONG_DATA,
  '3D': permanent('VALIDATION', 'Create the database, or correct its name in the connection.'),
  '3F': WRONG_DATA,
  '40': transient('TIMEOUT', 'Nothing to do unless it happens again: the transaction was rolled back.'),
  '42': WRONG_DATA,
  '44': WRONG_DATA,
  '53': EXHAUSTED,
  '54': WRONG_DATA,
  '55': permanent('VALIDATION', 'Bring the object that the message names into the state it asks for.'),
  '57': UNREACHABLE,
  '58': transient('UNKNOWN', 'Look into the log of the database server: its operating system refused something.'),
  P0: WRONG_DATA,
};

/** What a SQLSTATE means for a promotion; undefined when it is not known. */
export function classifySqlState(sqlState: string): Classification | undefined {
  return /^[0-9A-Z]{5}$/.test(sqlState) ? (BY_CODE[sqlState] ?? BY_CLASS[sqlState.slice(0, 2)]) : undefined;
}
