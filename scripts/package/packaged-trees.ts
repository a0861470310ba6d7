/** A part of the package: sources that are compiled, and files that they read. */
export interface PackagedTree {
  /** Below the project's root. */
  readonly folder: string;
  readonly format: 'cjs' | 'esm';
  /** What is called from outside: imported by users, or started as a process or thread of its own. */
  readonly entries: readonly string[];
  /** Files and folders that code finds beside itself. */
  readonly data: readonly string[];
}

/** The constructs. They also look in their own tree for the function's archive. */
export const libraryTree: PackagedTree = {
  folder: 'dist/library',
  format: 'cjs',
  entries: ['constructs/index.ts'],
  data: ['engine/rules/promotion-rules.schema.json'],
};

/** The program `promote` with what it starts. */
export const commandTree: PackagedTree = {
  folder: 'dist/command',
  format: 'esm',
  entries: ['cli/main.ts', 'functions/db-migration/serve.ts', 'functions/db-migration/schema/pg-dump-worker.ts'],
  data: ['engine/store/postgres/migrations'],
};
