import { ImageService } from '../../../constructs/control-plane/image-service.ts';
import { Topic } from '../../../constructs/control-plane/topic.ts';
import { WorkerCalls } from '../../../constructs/control-plane/worker-calls.ts';
import { partsIn, planeSettings } from '../parts.ts';

describe('calls of the worker', () => {
  const stack = partsIn((scope) => {
    const settings = planeSettings();
    const worker = new ImageService(scope, 'worker', settings, {
      component: 'worker',
      isReachable: false,
      mostInstances: 1,
      requestSeconds: 60,
      memory: '512Mi',
    });
    new WorkerCalls(scope, 'calls', settings, worker, new Topic(scope, 'hooks', settings, 'promotion-hooks'));
  });
  const uri = expect.stringMatching(/^\$\{google_cloud_run_v2_service\.worker_service_\w+\.uri\}$/) as unknown;
  const caller = expect.stringContaining('google_service_account.calls_caller_account') as unknown;

  it('tick every minute, proven by a token for the worker alone', () => {
    const job = stack.one('google_cloud_scheduler_job');
    expect(job).toMatchObject({
      name: 'promotion-tick',
      schedule: '* * * * *',
      time_zone: 'Etc/UTC',
      http_target: {
        http_method: 'POST',
        uri: expect.stringMatching(/\.uri\}\/internal\/tick$/) as unknown,
        oidc_token: { service_account_email: caller, audience: uri },
      },
    });
    expect(job['depends_on']).toEqual([expect.stringMatching(/^google_cloud_run_v2_service_iam_member\./)]);
  });

  it('deliver hooks from their topic, for as long as it takes', () => {
    expect(stack.one('google_pubsub_subscription')).toMatchObject({
      topic: expect.stringContaining('google_pubsub_topic.hooks_topic') as unknown,
      expiration_policy: { ttl: '' },
      push_config: {
        push_endpoint: expect.stringMatching(/\.uri\}\/internal\/hooks$/) as unknown,
        oidc_token: { service_account_email: caller, audience: uri },
      },
    });
  });

  it('come from an account that may do nothing but call the worker', () => {
    expect(stack.grants.filter((grant) => grant.startsWith('caller'))).toEqual([
      'caller roles/run.invoker on cloud_run_v2_service ',
    ]);
  });
});
