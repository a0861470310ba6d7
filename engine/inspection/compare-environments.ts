import { configurationChanges, sameSettings, type SameSetting } from '../configuration/configuration-changes.ts';
import { schemaChanges, type SchemaChange } from '../database/schema-changes.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { compareFlags, sameFlags, type FlagDifference, type SameFlag } from './compare-flags.ts';
import { compareTables, type TableComparison } from './compare-tables.ts';
import {
  inspectEnvironment,
  type EnvironmentReport,
  type InspectionPorts,
  type InspectionRequest,
} from './inspect-environment.ts';
import { causeText } from '../wording/cause-text.ts';

/** A part of a comparison, or why it could not be made, or that there is nothing to compare. */
export type Compared<Value> =
  | { readonly kind: 'compared'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'none' };

export interface VersionComparison {
  readonly service: string;
  readonly from: { readonly release: string | undefined; readonly digest: string | undefined };
  readonly to: { readonly release: string | undefined; readonly digest: string | undefined };
  /** Undefined: what runs on one side is not known. */
  readonly isSame: boolean | undefined;
}

/** Two environments of an application beside each other. */
export interface Comparison {
  readonly from: EnvironmentReport;
  readonly to: EnvironmentReport;
  readonly versions: readonly VersionComparison[];
  readonly schema: Compared<readonly SchemaChange[]>;
  readonly tables: Compared<readonly TableComparison[]>;
  readonly configuration: Compared<ComparedSettings>;
  readonly flags: Compared<ComparedFlags>;
}

/** Secrets are masked. */
export interface ComparedSettings {
  readonly differing: readonly ChangeEntry[];
  readonly same: readonly SameSetting[];
}

export interface ComparedFlags {
  readonly differing: readonly FlagDifference[];
  readonly same: readonly SameFlag[];
}

export type ComparisonPorts = InspectionPorts & Pick<Ports, 'configuration' | 'flags'>;

/** Puts two environments beside each other; nothing of them is changed. @param tables whose rows are compared. */
export async function compareEnvironments(
  ports: ComparisonPorts,
  sides: { readonly from: InspectionRequest; readonly to: InspectionRequest },
  tables: readonly string[],
  signal: AbortSignal,
): Promise<Comparison> {
  const [source, target] = [sides.from.target, sides.to.target];
  // One side after the other: what answers beside something heavier is slower than its users see it.
  const from = await inspectEnvironment(ports, sides.from, signal);
  const to = await inspectEnvironment(ports, sides.to, signal);
  return {
    from,
    to,
    versions: versionsOf(from, to),
    schema: await compareSchemas(ports, source, target, signal),
    tables: await tablesOf(ports, tables, source, target, signal),
    configuration: await compareConfiguration(ports, source, target, signal),
    flags: await flagsOf(ports, source, target, signal),
  };
}

function versionsOf(from: EnvironmentReport, to: EnvironmentReport): readonly VersionComparison[] {
  return from.services.map(({ service, release, digest }) => {
    const other = to.services.find((each) => each.service === service);
    return {
      service,
      from: { release, digest },
      to: { release: other?.release, digest: other?.digest },
      isSame: digest === undefined || other?.digest === undefined ? undefined : digest === other.digest,
    };
  });
}

async function compareSchemas(
  ports: ComparisonPorts,
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<Comparison['schema']> {
  const { from, to } = { from: source.database, to: target.database };
  if (from === undefined || to === undefined) return { kind: 'none' };
  return attempt(signal, async () => {
    const [one, other] = [await ports.database.schema(from, signal), await ports.database.schema(to, signal)];
    return schemaChanges(one.sql, other.sql);
  });
}

async function tablesOf(
  ports: ComparisonPorts,
  tables: readonly string[],
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<Comparison['tables']> {
  const { database: from } = source;
  const { database: to } = target;
  if (from === undefined || to === undefined || tables.length === 0) return { kind: 'none' };
  return attempt(signal, () => compareTables(ports, tables, { from, to }, signal));
}

async function compareConfiguration(
  ports: ComparisonPorts,
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<Comparison['configuration']> {
  return attempt(signal, async () => {
    const [from, to] = [await valuesOf(ports, source, signal), await valuesOf(ports, target, signal)];
    return { differing: configurationChanges(from, to), same: sameSettings(from, to) };
  });
}

async function valuesOf(
  ports: ComparisonPorts,
  { configuration: { repository, branch, path } }: EnvironmentTarget,
  signal: AbortSignal,
): Promise<string> {
  const configuration = ports.configuration(repository);
  const values = await configuration.read(await configuration.head(branch, signal), path, signal);
  if (values === undefined) throw new Error(`${path} is missing on branch ${branch}`);
  return values;
}

async function flagsOf(
  ports: ComparisonPorts,
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<Comparison['flags']> {
  if (!source.hasFlags && !target.hasFlags) return { kind: 'none' };
  const none = { revision: '', flags: [] };
  return attempt(signal, async () => {
    const from = source.hasFlags ? await ports.flags.read(source.name, signal) : none;
    const to = target.hasFlags ? await ports.flags.read(target.name, signal) : none;
    return { differing: compareFlags(from, to), same: sameFlags(from, to) };
  });
}

async function attempt<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Compared<Value>> {
  try {
    return { kind: 'compared', value: await work() };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unknown', why: causeText(error) };
  }
}
