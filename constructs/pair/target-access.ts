import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1/index.js';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1/index.js';
import { Construct } from 'constructs';
import { not } from '../conditions/condition.ts';
import { optionalTexts } from '../conditions/optional-texts.ts';
import type { PairSettings } from './pair-settings.ts';
import { managedLabels } from './promotion-namespace.ts';
import { waitFor } from '../control-plane/wait-for.ts';

/**
 * Lets the runner deploy in the target's namespace, and undo it; where Argo CD does that, it only looks. It can create,
 * delete and read nothing else there.
 */
export class TargetAccess extends Construct {
  readonly role: RoleV1;
  readonly binding: RoleBindingV1;

  constructor(scope: Construct, id: string, settings: PairSettings, namespace = settings.targetNamespace) {
    super(scope, id);
    const metadata = {
      name: settings.names.targetRole,
      namespace,
      labels: managedLabels,
    };
    const patch = ['patch', not(settings.isTargetArgoCd)] as const;
    this.role = new RoleV1(this, 'role', {
      metadata,
      rule: [
        // A rollout is a patch of the pod template; undoing it is the same patch back.
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          verbs: optionalTexts([...looking.map((verb) => [verb, true] as const), patch]),
        },
        { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: optionalTexts([['get', true], patch]) },
        // How far a rollout is, and why it does not get further.
        { apiGroups: ['apps'], resources: ['replicasets'], verbs: [...looking] },
        { apiGroups: [''], resources: ['pods', 'events'], verbs: [...looking] },
      ],
    });
    this.binding = new RoleBindingV1(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: settings.names.targetRole },
      // Kubernetes on Google Cloud knows a Google identity by its address.
      subject: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: settings.plane.runnerEmail }],
    });
    waitFor(this.binding, this.role);
  }
}

const looking = ['get', 'list', 'watch'] as const;
