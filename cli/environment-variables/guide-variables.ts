import { z } from 'zod';
import { branchSchema, repositorySchema } from '../../engine/rules/repository-address.ts';
import { UsageError } from '../usage-error.ts';

/** An empty variable is how a shell says that it is not set. */
const unlessEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const word = z.string().regex(/^\S+$/, 'must be one word');
const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text): boolean => text === 'true');
const seconds = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of seconds from 1 to 999999')
  .transform(Number);
const file = z.string().refine((path) => !path.includes('\0') && !path.endsWith('/'), 'must be the path of a file');
const folder = z.string().refine((path) => !path.includes('\0'), 'must be the path of a folder');
/** The variables that the guides name, with what each may be. */
const guideVariablesSchema = z.object({
  FROM_ENV: unlessEmpty(word),
  TO_ENV: unlessEmpty(word),
  AUTO_APPROVE: unlessEmpty(flag),
  DRY_RUN: unlessEmpty(flag),
  SKIP_VALIDATION: unlessEmpty(flag),
  GITOPS_REPO: unlessEmpty(repositorySchema),
  GITOPS_TOKEN: unlessEmpty(z.string()),
  GITOPS_BRANCH: unlessEmpty(branchSchema),
  MAX_STARTUP_WAIT: unlessEmpty(seconds),
  HEALTH_CHECK_TIMEOUT: unlessEmpty(seconds),
  PROMOTION_LOG: unlessEmpty(file),
  BACKUP_DIR: unlessEmpty(folder),
  PROMOTE_APPLICATION: unlessEmpty(word),
});
export type GuideVariables = z.infer<typeof guideVariablesSchema>;
export type GuideVariable = keyof GuideVariables;

export const guideVariableNames = Object.keys(guideVariablesSchema.shape) as readonly GuideVariable[];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of the guides that a command understands; what was typed beside it wins over them.
 * Refuses those of services that this version does not drive: what left them out would not be what was asked for.
 * @throws UsageError naming every variable that is wrong, never the value of one that is a secret.
 */
export function readGuideVariables(environment: Environment, names: readonly GuideVariable[]): GuideVariables {
  refuseOutsideServices(environment);
  const parsed = guideVariablesSchema.safeParse(Object.fromEntries(names.map((name) => [name, environment[name]])));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const said =
      name === 'GITOPS_TOKEN' || name === 'GITOPS_REPO' ? '' : `, and is ${JSON.stringify(environment[name])}`;
    return `the variable ${name} ${message}${said}`;
  });
  throw new UsageError(problems.join('; '));
}

const outsideServices = /^ARGOCD_/;

/** @throws UsageError */
export function refuseOutsideServices(environment: Environment): void {
  const named = Object.keys(environment).filter((name) => outsideServices.test(name) && environment[name] !== '');
  if (named.length === 0) return;
  throw new UsageError(
    `${named.join(', ')} is set, and Argo CD waits for outside services: this version does not drive it. Unset it to go on without`,
  );
}
