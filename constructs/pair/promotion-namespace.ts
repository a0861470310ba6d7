import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1/index.js';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1/index.js';
import { Construct } from 'constructs';
import type { PairSettings } from './pair-settings.ts';

/** What a pair has in the cluster for itself: a namespace with an account for jobs that promotions run, and its rules. */
export class PromotionNamespace extends Construct {
  readonly namespace: NamespaceV1 | undefined;
  /** The namespace's name. */
  readonly name: string;
  readonly serviceAccount: ServiceAccountV1;
  readonly configMap: ConfigMapV1;

  /**
   * @param rules the effective rules as JSON.
   * @param existing a namespace that is used instead of one being created.
   */
  constructor(scope: Construct, id: string, settings: PairSettings, rules: string, existing?: string) {
    super(scope, id);
    const { names, inputs } = settings;
    if (existing === undefined) {
      this.namespace = new NamespaceV1(this, 'namespace', {
        metadata: { name: names.promotionNamespace, labels: managedLabels },
      });
    }
    this.name = this.namespace?.metadata.name ?? existing ?? names.promotionNamespace;
    this.serviceAccount = new ServiceAccountV1(this, 'account', {
      metadata: { name: 'promotion', namespace: this.name, labels: managedLabels },
      // It may do nothing in the cluster, so nothing needs its token.
      automountServiceAccountToken: false,
    });
    this.configMap = new ConfigMapV1(this, 'config', {
      metadata: { name: 'promotion-config', namespace: this.name, labels: managedLabels },
      data: {
        environment: inputs.environment,
        target_environment: inputs.targetEnvironment,
        kubernetes_namespace: inputs.kubernetesNamespace,
        target_kubernetes_namespace: settings.targetNamespace,
        'promotion-rules.json': rules,
      },
    });
  }
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const managedLabels = {
  'app.kubernetes.io/name': 'promotion-process',
  'app.kubernetes.io/managed-by': 'terraform',
};
