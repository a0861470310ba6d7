import { resolve } from 'node:path';

import { dataDirectoryIn, type DataDirectoryState, readDataDirectory } from './data-directory.ts';
import { type EmbeddedPostgresOptions, logFileIn } from './embedded-postgres.ts';
import { findNativeFolder, openBinaries, versionOf } from './postgres-binaries.ts';
import { readPassword, readRecord } from './server-record.ts';
import { readServerState, type ServerState } from './server-state.ts';
import { causeText } from '../../wording/cause-text.ts';

export interface EmbeddedPostgresDescription {
  readonly programs:
    | { readonly kind: 'found'; readonly folder: string; readonly version: string }
    | { readonly kind: 'missing'; readonly problem: string };
  readonly data: DataDirectoryState;
  readonly server: ServerState;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly notes: readonly string[];
}

/** What there is of a local server, without starting or changing a server. */
export async function describeEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgresDescription> {
  const directory = resolve(options.directory);
  const record = await readRecord(directory);
  const dataDirectory = dataDirectoryIn(record?.base ?? directory);
  return {
    programs: await describePrograms(options.nativeFolder),
    data: await readDataDirectory(dataDirectory),
    server: await readServerState(dataDirectory, await readPassword(directory)),
    dataDirectory,
    logFile: logFileIn(directory),
    notes: record?.notes ?? [],
  };
}

async function describePrograms(nativeFolder: string | undefined): Promise<EmbeddedPostgresDescription['programs']> {
  try {
    const binaries = await openBinaries(nativeFolder ?? findNativeFolder());
    return { kind: 'found', folder: binaries.native, version: await versionOf(binaries, undefined) };
  } catch (error) {
    return { kind: 'missing', problem: causeText(error) };
  }
}
