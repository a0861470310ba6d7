import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { person } from '../installation/installation.ts';
import type { Subject } from '../installation/subject.ts';
import type { TinyRelease } from '../installation/tiny-release.ts';

const run = promisify(execFile);

const valuesSchema = z.object({
  release: z.string(),
  images: z.object({ web: z.string() }),
  settings: z.object({ level: z.number() }),
});
const pageSchema = z.object({ release: z.string(), named: z.string(), level: z.number() });

/** Whether everything of an environment is as a release has it, or as if none had ever been there, in words for what is not. */
export async function problemsOfTarget(subject: Subject, release: TinyRelease | undefined): Promise<readonly string[]> {
  return release === undefined ? problemsOfEmptyTarget(subject) : problemsOfRelease(subject, release);
}

async function problemsOfEmptyTarget(subject: Subject): Promise<readonly string[]> {
  const { ports } = subject.installation;
  const { environment } = subject;
  const status = await ports.deployment.status(environment, AbortSignal.timeout(30_000));
  const values = valuesSchema.parse(parse(await configurationOf(subject)));
  return [
    ...(status.desired === undefined ? [] : [`${status.desired.release} was deployed`]),
    ...(values.release === 'none' ? [] : [`the configuration has ${values.release}`]),
  ];
}

async function problemsOfRelease(subject: Subject, release: TinyRelease): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(30_000);
  const problems: string[] = [];
  const expect = (what: string, actual: unknown, expected: unknown): void => {
    if (actual !== expected) problems.push(`${what} is ${String(actual)} instead of ${String(expected)}`);
  };

  const values = valuesSchema.parse(parse(await configurationOf(subject)));
  expect('the release of the configuration', values.release, release.name);
  expect('the digest of the configuration', values.images.web, release.digest);
  expect('the level of the configuration', values.settings.level, release.level);

  const status = await subject.installation.ports.deployment.status(subject.environment, signal);
  expect('the desired release', status.desired?.release, release.name);
  expect('the phase of the deployment', status.phase, 'available');
  const url = status.services.find(({ name }) => name === 'web')?.url ?? '';
  const page = pageSchema.parse(await (await fetch(url, { signal })).json());
  expect('the release that answers', page.release, release.name);
  expect('the name of the release that answers', page.named, release.name);
  expect('the level that it answers with', page.level, release.level);

  const environments = await subject.installation.service.environments(person, subject.name);
  const recorded = environments.find(({ name }) => name === subject.environment);
  expect('the recorded release', recorded?.release?.name, release.name);
  expect('whether it is recorded as verified', recorded?.verifiedAt !== undefined, true);
  expect('the holder of the slot', recorded?.slotHeldBy, undefined);
  return problems;
}

/** Whether the traces that only a release in its environment leaves are there, or are not, in words for what is wrong. */
export async function problemsOfTraces(
  subject: Subject,
  release: TinyRelease,
  isExpected: boolean,
): Promise<readonly string[]> {
  const { ports } = subject.installation;
  const signal = AbortSignal.timeout(30_000);
  const { environment } = subject;
  const tag = await ports.artifacts.resolve(`registries/${environment}/web`, `${environment}-${release.name}`, signal);
  const { flags } = await ports.flags.read(environment, signal);
  const { rowCount: columns } = await subject.database.query(
    `select from information_schema.columns where table_name = 'entry' and column_name = $1`,
    [release.column],
  );
  const traces = {
    [`the tag of ${release.name}`]: tag === release.digest,
    [`the flag ${release.flag}`]: flags.some(({ key }) => key === release.flag),
    [`the column ${release.column}`]: columns === 1,
  };
  return Object.entries(traces)
    .filter(([, isThere]) => isThere !== isExpected)
    .map(([trace, isThere]) => `${trace} is ${isThere ? 'still there' : 'missing'}`);
}

async function configurationOf({ installation, environment }: Subject): Promise<string> {
  const { stdout } = await run('git', [
    '-C',
    installation.folders.configuration,
    'show',
    `${environment}:${environment}/values.yaml`,
  ]);
  return stdout;
}
