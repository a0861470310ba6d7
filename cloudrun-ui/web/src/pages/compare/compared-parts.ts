import { splitValues, type ComparedPart } from '../../diff/compared-part.ts';
import { counted } from '../../text/counted.ts';
import type { Comparison } from './compare-query.ts';
import { flagText } from '../../text/flag-text.ts';

/** A rule that was set aside for what runs in an environment. */
export interface SetAside {
  readonly kind: string;
  readonly by: string;
  readonly reason: string;
}

/** What is set aside for what runs on either side; undefined: nobody knows yet. */
export interface SidesSetAside {
  readonly from: readonly SetAside[] | undefined;
  readonly to: readonly SetAside[] | undefined;
}

/** What two environments have alike and what not, part by part; parts that neither has are left out. */
export function comparedParts(comparison: Comparison, setAside: SidesSetAside): readonly ComparedPart[] {
  return [
    releasePart(comparison),
    imagesPart(comparison),
    configurationPart(comparison),
    ...schemaParts(comparison),
    ...flagsParts(comparison),
    setAsidePart(setAside),
  ];
}

function releasePart({ from, to }: Comparison): ComparedPart {
  const unknown = [from, to].flatMap(({ environment, deployment }) =>
    deployment.phase === null ? [`${environment}: ${deployment.unknown}`] : [],
  );
  const releases = [from, to].map(({ deployment }) => (deployment.phase === null ? undefined : deployment.release));
  const [one, other] = releases;
  return {
    title: 'Release',
    noun: 'release',
    ...splitValues(one === undefined || other === undefined ? [] : [{ setting: 'release', one, other }]),
    unknown: unknown.length === 0 ? undefined : unknown.join('; '),
  };
}

function imagesPart({ versions }: Comparison): ComparedPart {
  const known = versions.filter(({ isSame }) => isSame !== null);
  const unknown = versions.filter(({ isSame }) => isSame === null).map(({ service }) => service);
  return {
    title: 'Images',
    noun: 'image',
    ...splitValues(known.map(({ service, from, to }) => ({ setting: service, one: from.digest, other: to.digest }))),
    unknown: unknown.length === 0 ? undefined : `what runs of ${unknown.join(', ')} is not known on both sides`,
  };
}

function configurationPart({ configuration }: Comparison): ComparedPart {
  const part = { title: 'Configuration', noun: 'setting' };
  if (configuration.kind !== 'compared') return { ...part, changes: [], same: [], unknown: whyOf(configuration) };
  return {
    ...part,
    changes: configuration.entries.map(({ setting, from, to }) => ({ setting, before: from, after: to })),
    same: configuration.same,
    unknown: undefined,
  };
}

function schemaParts({ from, to, schema, tables }: Comparison): readonly ComparedPart[] {
  if (from.database === null && to.database === null) return [];
  const versions = [from, to].map(({ database }) =>
    database === null ? null : database.isReachable ? `version ${String(database.schemaVersion)}` : undefined,
  );
  const [one, other] = versions;
  const version = one === undefined || other === undefined ? [] : [{ setting: 'schema', one, other }];
  const objects =
    schema.kind === 'compared'
      ? schema.entries.map(({ object, from: here, to: there }) => ({ setting: object, one: here, other: there }))
      : [];
  const unreachable = [from, to].flatMap(({ environment, database }) =>
    database !== null && !database.isReachable ? [`${environment}: ${database.unknown}`] : [],
  );
  // A side that does not answer is why there is nothing to compare.
  const why = unreachable.length === 0 && schema.kind === 'unknown' ? [schema.why] : unreachable;
  const part: ComparedPart = {
    title: 'Schema',
    noun: 'definition',
    ...splitValues([...version, ...objects]),
    unknown: why.length === 0 ? undefined : why.join('; '),
  };
  return [part, ...tablesParts(tables)];
}

function tablesParts(tables: Comparison['tables']): readonly ComparedPart[] {
  if (tables.kind === 'none') return [];
  const part = { title: 'Rows', noun: 'table' };
  if (tables.kind === 'unknown') return [{ ...part, changes: [], same: [], unknown: tables.why }];
  const known = tables.entries.filter(({ isSame }) => isSame !== null);
  const unknown = tables.entries.filter(({ isSame }) => isSame === null).map(({ table }) => table);
  return [
    {
      ...part,
      ...splitValues(
        known.map(({ table, from, to }) => ({ setting: table, one: contentsText(from), other: contentsText(to) })),
      ),
      unknown: unknown.length === 0 ? undefined : `${unknown.join(', ')} could not be read on both sides`,
    },
  ];
}

/** What a table holds, as the API tells it: rows with their checksum, or that it is missing. */
function contentsText(contents: unknown): string | null {
  if (typeof contents !== 'object' || contents === null || !('kind' in contents) || contents.kind !== 'read')
    return null;
  const { rows, checksum } = contents as { readonly rows?: unknown; readonly checksum?: unknown };
  const count = typeof rows === 'number' ? counted(rows, 'row') : 'rows';
  return typeof checksum === 'string' ? `${count}, checksum ${checksum.slice(0, 8)}` : count;
}

function flagsParts({ flags }: Comparison): readonly ComparedPart[] {
  const part = { title: 'Flags', noun: 'flag' };
  switch (flags.kind) {
    case 'none':
      return [];
    case 'unknown':
      return [{ ...part, changes: [], same: [], unknown: flags.why }];
    case 'compared':
      return [
        {
          ...part,
          changes: flags.entries.map(({ key, from, to }) => ({
            setting: key,
            before: from === null ? null : flagText(from),
            after: to === null ? null : flagText(to),
          })),
          same: flags.same.map(({ key, ...state }) => ({ setting: key, value: flagText(state) })),
          unknown: undefined,
        },
      ];
  }
}

/** What was set aside so that the release could come; each kind is one value, however often it was. */
function setAsidePart({ from, to }: SidesSetAside): ComparedPart {
  const part = { title: 'Rules set aside', noun: 'rule' };
  if (from === undefined || to === undefined) {
    return { ...part, changes: [], same: [], unknown: 'what was set aside for what runs there' };
  }
  const kinds = [...new Set([...from, ...to].map(({ kind }) => kind))];
  const text = (all: readonly SetAside[], kind: string): string | null => {
    const told = all.filter((each) => each.kind === kind).map(({ by, reason }) => `by ${by}: ${reason}`);
    return told.length === 0 ? null : told.join('; ');
  };
  return {
    ...part,
    ...splitValues(kinds.map((kind) => ({ setting: kind, one: text(from, kind), other: text(to, kind) }))),
    unknown: undefined,
  };
}

function whyOf(part: { readonly kind: 'unknown'; readonly why: string } | { readonly kind: 'none' }): string {
  return part.kind === 'unknown' ? part.why : 'there is nothing to compare';
}
