import { IapWebCloudRunServiceIamMember } from '@cdktf/provider-google/lib/iap-web-cloud-run-service-iam-member/index.js';
import { TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { runtimeVariables, secretVariables } from '../../engine/contract/runtime-variables.ts';
import { hcl } from '../conditions/expression.ts';
import type { Identity } from './control-plane-options.ts';
import type { ImageService } from './image-service.ts';
import type { PlaneSettings } from './plane-settings.ts';
import { StoredSecret } from './secret-store.ts';

/**
 * Sets up how people prove to the UI who they are.
 * @param projectNumber digits, which IAP's service agent is named after.
 */
export function setUpIdentity(
  scope: Construct,
  settings: PlaneSettings,
  ui: ImageService,
  identity: Identity,
  projectNumber: string,
): void {
  ui.addVariables({ [runtimeVariables.identity]: identity.kind });
  switch (identity.kind) {
    case 'iam':
      return;
    case 'iap':
      ui.addVariables({ [runtimeVariables.identityAudience]: identity.audience });
      throughBetaProvider(scope, ui, settings);
      ui.grantInvoke('iap', `serviceAccount:service-${projectNumber}@gcp-sa-iap.iam.gserviceaccount.com`);
      return;
    case 'oidc':
      ui.addVariables({
        [runtimeVariables.identityIssuer]: identity.issuer,
        [runtimeVariables.identityClient]: identity.clientId,
      });
      ui.addSecret(
        secretVariables.identityClientSecret,
        new StoredSecret(
          scope,
          'identity-client-secret',
          settings,
          settings.names.secret('identity-client-secret'),
          identity.clientSecret,
        ),
      );
      // The sign-in is the UI's own; before it, a browser has nothing to show.
      ui.grantInvoke('anybody', 'allUsers');
      return;
  }
}

/** The provider that CDKTF has classes for knows no `iap_enabled`; google-beta of the same version does. */
function throughBetaProvider(scope: Construct, ui: ImageService, { projectId }: PlaneSettings): void {
  const stack = TerraformStack.of(scope);
  stack.addOverride('terraform.required_providers.google-beta', { source: 'hashicorp/google-beta', version: '6.50.0' });
  stack.addOverride('provider.google-beta', [{ project: projectId }]);
  ui.service.addOverride('provider', 'google-beta');
  ui.service.addOverride('iap_enabled', true);
  ui.service.addOverride('launch_stage', 'BETA');
}

/** Lets members in to the UI: at the proxy where there is one, else at the service. */
export function letIn(scope: Construct, settings: PlaneSettings, ui: ImageService, members: readonly string[]): void {
  if (Token.isUnresolved(members)) {
    ui.grantInvoke('viewers', hcl`each.value`.toString()).addOverride('for_each', hcl`toset(${members})`);
    return;
  }
  for (const [index, member] of members.entries()) {
    const id = `viewer-${String(index + 1)}`;
    if (settings.options.identity?.kind !== 'iap') {
      ui.grantInvoke(id, member);
      continue;
    }
    new IapWebCloudRunServiceIamMember(scope, id, {
      project: settings.projectId,
      location: settings.region,
      cloudRunServiceName: ui.service.name,
      role: 'roles/iap.httpsResourceAccessor',
      member,
    });
  }
}
