import { splitStatements, type Statement } from '../changes/split-statements.ts';

/** What pg_dump has behind the rows, in the order in which it can be done and as far apart as it may be. */
export interface PostData {
  /** Each for itself, as soon as its table has its rows. */
  readonly builds: readonly IndexBuild[];
  /** One after another, once every index is there. */
  readonly before: readonly string[];
  /** Beside one another. */
  readonly foreignKeys: readonly ForeignKey[];
  /** One after another, at last. */
  readonly after: readonly string[];
}

export interface IndexBuild {
  /** Of the table and of the index: schema, name. */
  readonly table: QualifiedName;
  readonly name: string;
  readonly sql: string;
}

export interface ForeignKey {
  /** As statements name it. */
  readonly table: string;
  readonly name: string;
  /** Adds it: without looking at the rows where that can be done on its own. */
  readonly sql: string;
  /** Looks at the rows; undefined: adding it did that, or nobody wants it. */
  readonly validation: string | undefined;
}

export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** A constraint that has an index, which can be built before it. */
export interface IndexedConstraint {
  readonly table: QualifiedName;
  readonly name: string;
  /** `CREATE UNIQUE INDEX …`, as pg_get_indexdef() says it. */
  readonly index: string;
}

/**
 * @param sql pg_dump's section of that name.
 * @param tables whose rows are copied; what partitioned tables have is made after what their parts have.
 * @param constraints primary keys and unique constraints of these tables.
 * @throws SqlSyntaxError
 */
export function planPostData(
  sql: string,
  tables: readonly QualifiedName[],
  constraints: readonly IndexedConstraint[],
): PostData {
  const copied = new Set(tables.map(keyOf));
  const indexOf = new Map(constraints.map(({ table, name, index }) => [`${keyOf(table)} ${name}`, index]));
  const builds: IndexBuild[] = [];
  const foreignKeys: ForeignKey[] = [];
  const before: string[] = [];
  const after: string[] = [];
  for (const statement of splitStatements(sql)) {
    const index = readIndex(statement);
    if (index !== undefined && copied.has(keyOf(index.table))) {
      builds.push({ ...index, sql: statement.text });
      continue;
    }
    const added = readConstraint(statement);
    const definition = added && indexOf.get(`${keyOf(added.table)} ${added.name}`);
    if (added !== undefined && definition !== undefined && copied.has(keyOf(added.table))) {
      builds.push({ table: added.table, name: added.name, sql: definition });
      before.push(usingIndex(statement.text, added));
    } else if (added?.kind === 'FOREIGN') {
      foreignKeys.push(foreignKeyOf(statement.text, added, copied.has(keyOf(added.table))));
    } else {
      // pg_dump says foreign keys and what is said about them nearly last.
      (foreignKeys.length === 0 ? before : after).push(statement.text);
    }
  }
  return { builds, before, foreignKeys, after };
}

export function keyOf({ schema, name }: QualifiedName): string {
  return JSON.stringify([schema, name]);
}

/** `CREATE [UNIQUE] INDEX name ON schema.table USING …`; one ON ONLY is a partitioned table's, which waits for its parts. */
function readIndex({ head }: Statement): { readonly table: QualifiedName; readonly name: string } | undefined {
  const [create, ...words] = head;
  const [index, name = '', on, schema = '', dot, table = ''] = words[0] === 'UNIQUE' ? words.slice(1) : words;
  if (create !== 'CREATE' || index !== 'INDEX' || on !== 'ON' || dot !== '.') return undefined;
  return { table: { schema: nameOf(schema), name: nameOf(table) }, name: nameOf(name) };
}

interface AddedConstraint {
  readonly table: QualifiedName;
  readonly name: string;
  /** `PRIMARY`, `UNIQUE`, `FOREIGN` … */
  readonly kind: string;
  /** As the statement names them. */
  readonly words: { readonly table: string; readonly name: string };
}

/** `ALTER TABLE [ONLY] schema.table ADD CONSTRAINT name kind …`. */
function readConstraint({ head }: Statement): AddedConstraint | undefined {
  const [alter, of, ...words] = head;
  const [schema = '', dot, table = '', add, constraint, name = '', kind = ''] =
    words[0] === 'ONLY' ? words.slice(1) : words;
  if (alter !== 'ALTER' || of !== 'TABLE' || dot !== '.' || add !== 'ADD' || constraint !== 'CONSTRAINT') {
    return undefined;
  }
  return {
    table: { schema: nameOf(schema), name: nameOf(table) },
    name: nameOf(name),
    kind,
    words: { table: `${written(schema)}.${written(table)}`, name: written(name) },
  };
}

/** The same constraint over an index of its name. */
function usingIndex(text: string, { words, kind }: AddedConstraint): string {
  const deferrable = / DEFERRABLE( INITIALLY DEFERRED)?$/.exec(text)?.[0] ?? '';
  const wanted = kind === 'PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  return `ALTER TABLE ONLY ${words.table} ADD CONSTRAINT ${words.name} ${wanted} USING INDEX ${words.name}${deferrable}`;
}

/** A partitioned table's is added as it is: before PostgreSQL 18 it could not be looked at later. */
function foreignKeyOf(text: string, { words }: AddedConstraint, isPlain: boolean): ForeignKey {
  const key = { table: words.table, name: nameOf(words.name) };
  if (!isPlain || text.endsWith(' NOT VALID') || text.endsWith(' NOT ENFORCED')) {
    return { ...key, sql: text, validation: undefined };
  }
  return {
    ...key,
    sql: `${text} NOT VALID`,
    validation: `ALTER TABLE ${words.table} VALIDATE CONSTRAINT ${words.name}`,
  };
}

/** What a word of a statement names: one in quotation marks as it stands, another one in small letters. */
function nameOf(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.replace(/[A-Z]+/g, (all) => all.toLowerCase());
}

/** pg_dump puts what is not in small letters into quotation marks. */
function written(word: string): string {
  return word.startsWith('"') ? word : nameOf(word);
}
