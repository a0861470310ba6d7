import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';

/** The inputs that have no default. */
export const sevenInputs = {
  environment: 'staging',
  targetEnvironment: 'prod',
  kubernetesNamespace: 'shop-staging',
  domainName: 'staging.shop.example',
  artifactRegistry: 'ghcr.io/shop',
  configRepository: 'https://github.com/shop/config.git',
  gcpProjectId: 'shop-prod',
} satisfies DocumentedProps;
