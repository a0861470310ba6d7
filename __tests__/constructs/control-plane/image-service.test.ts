import type { ControlPlaneOptions, Identity } from '../../../constructs/control-plane/control-plane-options.ts';
import { letIn, setUpIdentity } from '../../../constructs/control-plane/identity.ts';
import { ImageService } from '../../../constructs/control-plane/image-service.ts';
import { StoredSecret } from '../../../constructs/control-plane/secret-store.ts';
import { partsIn, planeSettings } from '../parts.ts';

const props = { component: 'ui', isReachable: true, mostInstances: 4, requestSeconds: 60, memory: '1Gi' } as const;

const serviceOf = (options: ControlPlaneOptions = {}, isReachable = true) =>
  partsIn((scope) => {
    const settings = planeSettings(options);
    const ui = new ImageService(scope, 'ui', settings, { ...props, isReachable });
    ui.addVariables({ ZEBRA: 'z', APPLE: 'a' });
    ui.addSecret('MIDDLE', new StoredSecret(scope, 'secret', settings, 'secret', 'projects/shop-prod/secrets/s'));
  });

describe('a service of the image', () => {
  it('runs its program as an account of its own, is probed, and scales to nothing', () => {
    expect(serviceOf().one('google_cloud_run_v2_service')).toMatchObject({
      name: 'promotion-ui',
      ingress: 'INGRESS_TRAFFIC_ALL',
      deletion_protection: true,
      template: {
        service_account: expect.stringContaining('google_service_account.ui_account') as unknown,
        timeout: '60s',
        scaling: { min_instance_count: 0, max_instance_count: 4 },
        containers: [
          {
            image: 'image@sha256:0',
            args: ['ui'],
            ports: { container_port: 8080 },
            startup_probe: { http_get: { path: '/readyz', port: 8080 } },
            liveness_probe: { http_get: { path: '/healthz', port: 8080 } },
          },
        ],
      },
    });
  });

  it('gets variables and secrets by name, sorted, and waits until it may read them', () => {
    const service = serviceOf().one('google_cloud_run_v2_service');
    expect(service).toMatchObject({
      template: {
        containers: [
          {
            env: [
              { name: 'APPLE', value: 'a' },
              {
                name: 'MIDDLE',
                value_source: { secret_key_ref: { secret: 'projects/shop-prod/secrets/s', version: 'latest' } },
              },
              { name: 'ZEBRA', value: 'z' },
            ],
          },
        ],
      },
    });
    expect(service['depends_on']).toEqual([expect.stringMatching(/^google_secret_manager_secret_iam_member\./)]);
  });

  it('is internal where nobody outside has anything to call', () => {
    expect(serviceOf({}, false).one('google_cloud_run_v2_service')).toMatchObject({
      ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
    });
  });

  it('reaches private networks where there is access to one', () => {
    const network = { network: 'shop', subnetwork: 'services', connector: 'c' };
    expect(serviceOf({ network }).one('google_cloud_run_v2_service')).toMatchObject({
      template: {
        vpc_access: {
          egress: 'PRIVATE_RANGES_ONLY',
          network_interfaces: [{ network: 'shop', subnetwork: 'services' }],
        },
      },
    });
  });
});

describe('the identity of people', () => {
  const uiWith = (identity: Identity, viewers: readonly string[] = ['group:sre@shop.example']) =>
    partsIn((scope) => {
      const settings = planeSettings({ identity });
      const ui = new ImageService(scope, 'ui', settings, props);
      setUpIdentity(scope, settings, ui, identity, '42');
      letIn(scope, settings, ui, viewers);
    });
  const invokers = (stack: ReturnType<typeof uiWith>): unknown =>
    stack.all('google_cloud_run_v2_service_iam_member').map(({ member }) => member);

  it('is IAM’s: whoever is listed may call the service, and nobody else', () => {
    const stack = uiWith({ kind: 'iam' });
    expect(invokers(stack)).toEqual(['group:sre@shop.example']);
    expect(stack.text).toContain('"value": "iam"');
    expect(invokers(uiWith({ kind: 'iam' }, []))).toEqual([]);
  });

  it('is Identity-Aware Proxy’s, through the google-beta provider of the same version', () => {
    const stack = uiWith({ kind: 'iap', audience: '/projects/42/locations/us-central1/services/promotion-ui' });
    expect(stack.one('google_cloud_run_v2_service')).toMatchObject({
      provider: 'google-beta',
      iap_enabled: true,
      launch_stage: 'BETA',
    });
    expect(JSON.parse(stack.text)).toMatchObject({
      terraform: { required_providers: { 'google-beta': { source: 'hashicorp/google-beta', version: '6.50.0' } } },
      provider: { 'google-beta': [{ project: 'shop-prod' }] },
    });
    expect(invokers(stack)).toEqual(['serviceAccount:service-42@gcp-sa-iap.iam.gserviceaccount.com']);
    expect(stack.one('google_iap_web_cloud_run_service_iam_member')).toMatchObject({
      role: 'roles/iap.httpsResourceAccessor',
      member: 'group:sre@shop.example',
    });
  });

  it('is the UI’s own sign-in with an issuer, whose client’s secret is a reference', () => {
    const stack = uiWith({
      kind: 'oidc',
      issuer: 'https://accounts.google.com',
      clientId: 'client',
      clientSecret: 'projects/shop-prod/secrets/client',
    });
    expect(invokers(stack)).toEqual(expect.arrayContaining(['allUsers']));
    expect(stack.text).toContain('PROMOTION_IDENTITY_CLIENT_SECRET');
    expect(stack.text).toContain('"value": "https://accounts.google.com"');
  });
});
