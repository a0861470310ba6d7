import { plannedBackUpPlace } from '../steps/back-up-folder.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { ImagesMissingError, requireSpace, type PreflightCheck, type PreflightContext } from './preflight-check.ts';

/** What promotions need, each with how it is found out that it is there. A few seconds at most, and nothing is changed. */
export const preflightChecks: readonly PreflightCheck[] = [
  {
    name: 'artifacts',
    subject: ({ source, target }) => `registries ${source.registry} and ${target.registry}`,
    isOptional: false,
    look: lookAtRegistries,
  },
  {
    name: 'images',
    subject: ({ target }) => `images in ${target.registry}`,
    isOptional: false,
    look: lookForImages,
  },
  {
    name: 'configuration',
    subject: ({ target }) => `configuration ${target.configuration.repository}`,
    isOptional: false,
    async look({ ports, definition, signal }) {
      const { repository, branch } = definition.target.configuration;
      await ports.configuration(repository).reach(branch, signal);
      return `branch ${branch} can be read and written`;
    },
  },
  {
    name: 'database',
    subject: ({ target }) => `database ${target.database ?? 'none'}`,
    isOptional: false,
    async look({ ports, definition, signal }) {
      const { database } = definition.target;
      if (database === undefined) return 'there is none';
      const { databaseBytes, freeBytes } = await ports.database.readiness(database, signal);
      if (leavesOut(definition, 'back-up')) return 'answers; it is not backed up';
      return `answers and can be backed up, ${requireSpace(`a back-up of ${database}`, freeBytes, databaseBytes)}`;
    },
  },
  {
    name: 'flags',
    subject: ({ target }) => `flags of ${target.name}`,
    isOptional: false,
    async look({ ports, definition, signal }) {
      await ports.flags.reach(definition.target.name, signal);
      return 'can be read and written';
    },
  },
  {
    name: 'deployment',
    subject: ({ target }) => `deployment of ${target.name}`,
    isOptional: false,
    async look({ ports, definition, signal }) {
      await ports.deployment.reach(definition.target.name, signal);
      return 'accepts what is to run';
    },
  },
  {
    name: 'documents',
    subject: () => 'back-ups and reports',
    isOptional: false,
    async look({ ports, definition, signal }) {
      const { freeBytes } = await ports.documents.reach(plannedBackUpPlace(definition), signal);
      return requireSpace('what is backed up and reported', freeBytes, 0);
    },
  },
  {
    name: 'metrics',
    subject: ({ target }) => `metrics of ${target.name}`,
    isOptional: true,
    async look({ ports, definition, signal }) {
      await ports.metrics.openAlerts(definition.target.name, signal);
      return 'can be read';
    },
  },
  {
    name: 'notifications',
    subject: () => 'notification channels',
    isOptional: true,
    async look({ ports, signal }) {
      const channels = await ports.channels.reach(signal);
      return channels.length === 0 ? 'there are none' : `${channels.join(', ')} can be reached`;
    },
  },
];

/** Where nothing copies them, all of them must be there before. */
async function lookForImages({ ports, definition, release, signal }: PreflightContext): Promise<string> {
  const { registry } = definition.target;
  const missing: string[] = [];
  for (const { image, digest } of release.content.images) {
    if (!(await ports.artifacts.has(`${registry}/${image}`, digest, signal))) missing.push(`${image}@${digest}`);
  }
  if (missing.length > 0) throw new ImagesMissingError(registry, missing);
  return `${String(release.content.images.length)} are there already`;
}

/** The source's can be read, the target's written, with space for what is not there yet. */
async function lookAtRegistries({ ports, definition, release, signal }: PreflightContext): Promise<string> {
  const { source, target } = definition;
  let neededBytes = 0;
  let freeBytes: number | undefined;
  for (const { image, digest } of release.content.images) {
    const [from, to] = [`${source.registry}/${image}`, `${target.registry}/${image}`];
    await ports.artifacts.reach(from, 'read', signal);
    freeBytes = (await ports.artifacts.reach(to, 'write', signal)).freeBytes ?? freeBytes;
    const isThere = await ports.artifacts.has(to, digest, signal);
    // An image that is missing is told by the check of images, with all else that is wrong with it.
    if (!isThere && (await ports.artifacts.has(from, digest, signal))) {
      neededBytes += await ports.artifacts.declaredBytes(from, digest, signal);
    }
  }
  return requireSpace('copying the images', freeBytes, neededBytes);
}
