import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** The documented outputs, by the names that the module documents, with what each is. */
export const documentedOutputs = {
  promotion_namespace: 'The Kubernetes namespace for promotion resources',
  dashboard_url: 'The URL for the promotion dashboard',
  promotion_ui_url: 'The URL for the promotion UI',
  promotion_artifacts_bucket: 'The GCS bucket for promotion artifacts',
  promotion_trigger_id: 'The ID of the Cloud Build trigger for promotion',
  db_migration_function_url: 'The URL of the Cloud Function for database migration',
  promotion_notification_topic: 'The Pub/Sub topic for promotion notifications',
  promotion_notification_subscription: 'The Pub/Sub subscription for promotion notifications',
  promotion_health_check_job: 'The Cloud Scheduler job for promotion health checks',
  promotion_config: 'The promotion configuration',
  promotion_status: 'The status of the promotion process',
} as const;

export type DocumentedOutput = keyof typeof documentedOutputs;

/**
 * The outputs of one pair. Alone in its stack they have the documented names; as soon as there are several pairs, those
 * of each begin with its id, since equal names would silently replace one another.
 */
export class PromotionOutputs extends Construct {
  readonly #outputs: ReadonlyMap<DocumentedOutput, TerraformOutput>;
  readonly #pair: Construct;

  /** @param values what each tells; `Token.nullValue()` for what is switched off. */
  constructor(scope: Construct, id: string, values: Readonly<Record<DocumentedOutput, unknown>>) {
    super(scope, id);
    this.#pair = scope;
    const names = Object.keys(documentedOutputs) as DocumentedOutput[];
    this.#outputs = new Map(
      names.map((name) => [
        name,
        new TerraformOutput(this, name, { value: values[name], description: documentedOutputs[name] }),
      ]),
    );
    const all = TerraformStack.of(this)
      .node.findAll()
      .filter((each) => each instanceof PromotionOutputs);
    for (const outputs of all) outputs.#rename(all.length > 1);
  }

  #rename(isOneOfSeveral: boolean): void {
    const path = this.#pair.node.scopes
      .filter((scope) => !TerraformStack.isStack(scope) && scope.node.scope !== undefined)
      .filter((scope) => TerraformStack.of(this).node.scopes.every((outer) => outer !== scope));
    const words = path.map(({ node }) => node.id.replaceAll(/[^A-Za-z0-9]+/g, '_')).join('_');
    const prefix = /^[0-9]/.test(words) ? `_${words}` : words;
    for (const [name, output] of this.#outputs) {
      output.overrideLogicalId(isOneOfSeveral ? `${prefix}_${name}` : name);
    }
  }

  /** What a name stands for in this stack: `prefix_promotion_ui_url`, or the documented name. */
  nameOf(output: DocumentedOutput): string {
    return this.#outputs.get(output)?.friendlyUniqueId ?? output;
  }
}
