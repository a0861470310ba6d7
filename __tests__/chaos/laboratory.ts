import { Client, escapeIdentifier } from 'pg';
import type { ChaosApplication } from './installation/chaos-rules.ts';
import { Installation } from './installation/installation.ts';
import { Subject } from './installation/subject.ts';

/** An installation with applications to act upon, which ends with the work that is done in it. */
export async function withSubjects<T>(
  applications: readonly ChaosApplication[],
  work: (installation: Installation, subjects: readonly Subject[]) => Promise<T>,
): Promise<T> {
  const installation = await Installation.open(applications);
  const subjects: Subject[] = [];
  try {
    for (const application of applications) subjects.push(await Subject.open(installation, application));
    return await work(installation, subjects);
  } finally {
    for (const subject of subjects) await subject.close();
    await installation.close();
  }
}

/** A database of its own beside the engine's. @returns its address. */
export async function makeEngineDatabase(installation: Installation, name: string): Promise<string> {
  const client = new Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    await client.query(`create database ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(installation.databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
