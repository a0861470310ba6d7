/** One object of a schema that two databases do not have alike. */
export interface SchemaChange {
  /** As pg_dump calls it: `TABLE public.orders`. */
  readonly object: string;
  /** The SQL that makes it; undefined: there is no such object on that side. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What pg_dump writes before each object. */
const heading = /^--\n-- Name: (.*); Type: (.*); Schema: (.*); Owner: .*\n--$/gm;
/** Who owns an object is who may log in there, which is each environment's own affair. */
const ownership = /^ALTER [A-Z ]+ .+ OWNER TO .+;\n?/gm;

/**
 * What differs between two schemas as pg_dump prints them, object by object, in the order of their names. Owners are left
 * out: each environment has its own login.
 */
export function schemaChanges(fromSql: string, toSql: string): readonly SchemaChange[] {
  const [from, to] = [objectsIn(fromSql), objectsIn(toSql)];
  const names = [...new Set([...from.keys(), ...to.keys()])].toSorted();
  return names
    .filter((object) => from.get(object) !== to.get(object))
    .map((object) => ({ object, from: from.get(object), to: to.get(object) }));
}

function objectsIn(sql: string): ReadonlyMap<string, string> {
  const found = [...sql.matchAll(heading)];
  const objects = new Map<string, string>();
  for (const [place, match] of found.entries()) {
    const [, name = '', type = '', schema = ''] = match;
    const object = `${type} ${schema === '-' ? '' : `${schema}.`}${name}`;
    const text = sql.slice(match.index + match[0].length, found[place + 1]?.index ?? sql.length);
    const made = text.replaceAll(ownership, '').trim();
    // Several of one name, such as overloaded functions' comments, are one entry with all of them.
    const before = objects.get(object);
    objects.set(object, before === undefined ? made : `${before}\n${made}`);
  }
  return objects;
}
