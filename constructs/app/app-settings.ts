import type { Node } from 'constructs';
import { z } from 'zod';
import type { ControlPlaneOptions } from '../control-plane/control-plane-options.ts';

/** What the app is told by the `context` of cdktf.json; environment variables override it. */
export interface AppSettings {
  /** PROMOTE_RULES, else `rulesFile`. Default: promotion/promotion-rules.yaml. */
  readonly rulesFile: string;
  /** PROMOTION_PROJECT, else `gcpProjectId`, else what the rules say; undefined: none of them. */
  readonly projectId: string | undefined;
  /** `installation`. Default: promotion. */
  readonly installation: string;
  /** `functionSource`: an archive of one's own in place of this project's. */
  readonly functionSource: string | undefined;
  /** `stateBucket`: bucket of Cloud Storage for Terraform's state; undefined: state is a local file. */
  readonly stateBucket: string | undefined;
  /** `databaseConnections`: references of Secret Manager by the name of the database in the rules. */
  readonly databaseConnections: Readonly<Record<string, string>>;
  /** `runnerSecrets`: references of Secret Manager by the name that the rules give the secret. */
  readonly runnerSecrets: Readonly<Record<string, string>>;
  /** `controlPlane`: options of the installation, as `PromotionControlPlane` takes them. */
  readonly controlPlane: Omit<ControlPlaneOptions, 'rules' | 'rulesFile'>;
}

const names = z.record(z.string(), z.string());
const contextSchema = z.object({
  rulesFile: z.string().min(1).default('promotion/promotion-rules.yaml'),
  gcpProjectId: z.string().min(1).optional(),
  installation: z.string().min(1).default('promotion'),
  functionSource: z.string().min(1).optional(),
  stateBucket: z.string().min(1).optional(),
  databaseConnections: names.default({}),
  runnerSecrets: names.default({}),
  // Each option is checked by the construct that takes it.
  controlPlane: z.looseObject({}).default({}),
});

/**
 * @param node whose context is read.
 * @throws Error naming the setting that cannot be used
 */
export function readAppSettings(
  node: Pick<Node, 'tryGetContext'>,
  environment: Readonly<Record<string, string | undefined>>,
): AppSettings {
  const given = Object.keys(contextSchema.shape).map((key) => [key, node.tryGetContext(key) as unknown] as const);
  const read = contextSchema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!read.success) {
    const told = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n');
    throw new Error(`The context of cdktf.json cannot be used:\n${told}`);
  }
  const { data } = read;
  return {
    rulesFile: environment['PROMOTE_RULES'] ?? data.rulesFile,
    projectId: environment['PROMOTION_PROJECT'] ?? data.gcpProjectId,
    installation: data.installation,
    functionSource: data.functionSource,
    stateBucket: data.stateBucket,
    databaseConnections: data.databaseConnections,
    runnerSecrets: data.runnerSecrets,
    controlPlane: data.controlPlane,
  };
}
