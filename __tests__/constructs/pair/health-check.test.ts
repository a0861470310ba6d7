import { TerraformVariable } from 'cdktf';
import { HealthCheck } from '../../../constructs/pair/health-check.ts';
import { pairSettings, partsIn } from '../parts.ts';

const bodyOf = (stack: ReturnType<typeof partsIn>): string =>
  (stack.one('google_cloud_scheduler_job')['http_target'] as { body: string }).body;

describe('the health check', () => {
  it('has the worker look at the two environments, proven by a token for the worker alone', () => {
    const stack = partsIn((scope) => {
      new HealthCheck(scope, 'health-check', pairSettings());
    });
    expect(stack.one('google_cloud_scheduler_job')).toMatchObject({
      name: 'shop-staging-to-prod-promotion-health-check',
      schedule: '*/5 * * * *',
      http_target: {
        uri: 'https://promotion-worker-42.us-central1.run.app/internal/health-check',
        oidc_token: {
          service_account_email: 'promotion-caller@shop-prod.iam.gserviceaccount.com',
          audience: 'https://promotion-worker-42.us-central1.run.app',
        },
      },
    });
    expect(JSON.parse(Buffer.from(bodyOf(stack), 'base64').toString())).toEqual({
      environment: 'staging',
      targetEnvironment: 'prod',
    });
  });

  it('has Terraform write the names that are known at apply only', () => {
    const stack = partsIn((scope) => {
      const environment = new TerraformVariable(scope, 'environment', {}).stringValue;
      new HealthCheck(scope, 'health-check', pairSettings({ environment }));
    });
    expect(bodyOf(stack)).toBe(
      '${base64encode(jsonencode({"environment" = var.environment, "targetEnvironment" = "prod"}))}',
    );
  });
});
