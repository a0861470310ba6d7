import type pg from 'pg';
import type { Direction } from './migration-script.ts';

/** The statement of a migration that a session runs. */
export interface ProgressMark {
  readonly version: number;
  readonly direction: Direction;
  /** From 1. */
  readonly statement: number;
  readonly of: number;
}

const form = /^promotion-db-migration (up|down) (\d+) (\d+)\/(\d+)$/;

/**
 * Has the session say which statement it runs, where every other session can read it at once, also inside a transaction:
 * in the name of its program.
 */
export async function leaveMark(session: pg.Client, mark: ProgressMark): Promise<void> {
  const { version, direction, statement, of } = mark;
  const text = `promotion-db-migration ${direction} ${String(version)} ${String(statement)}/${String(of)}`;
  await session.query("SELECT pg_catalog.set_config('application_name', $1, false)", [text]);
}

/** @returns undefined for a session that says something else. */
export function readMark(applicationName: string): ProgressMark | undefined {
  const [, direction, version, statement, of] = form.exec(applicationName) ?? [];
  if (direction !== 'up' && direction !== 'down') return undefined;
  return { version: Number(version), direction, statement: Number(statement), of: Number(of) };
}
