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
    new WorkerCalls(scope, 'calls', settings, worker, new Topic(scope, 'hooks', settings, 'promotion-hooks'), '42');
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

  it('deliver hooks from their topic, and put aside what the worker cannot take', () => {
    expect(stack.one('google_pubsub_subscription', 'hook-delivery')).toMatchObject({
      topic: expect.stringContaining('google_pubsub_topic.hooks_topic') as unknown,
      expiration_policy: { ttl: '' },
      dead_letter_policy: {
        dead_letter_topic: expect.stringContaining('google_pubsub_topic.calls_undelivered_topic') as unknown,
        max_delivery_attempts: 10,
      },
      push_config: {
        push_endpoint: expect.stringMatching(/\.uri\}\/internal\/hooks$/) as unknown,
        oidc_token: { service_account_email: caller, audience: uri },
      },
    });
  });

  it('leave what was put aside in a subscription, where Pub/Sub itself moves it', () => {
    expect(stack.one('google_pubsub_subscription', 'undelivered-subscription')).toMatchObject({
      name: 'promotion-hooks-undelivered',
      message_retention_duration: '2678400s',
      expiration_policy: { ttl: '' },
    });
    const agent = 'serviceAccount:service-42@gcp-sa-pubsub.iam.gserviceaccount.com';
    expect(stack.one('google_pubsub_topic_iam_member', 'undelivered')).toMatchObject({
      role: 'roles/pubsub.publisher',
      member: agent,
    });
    expect(stack.one('google_pubsub_subscription_iam_member', 'pubsub-subscriber')).toMatchObject({
      subscription: expect.stringContaining('hook-delivery') as unknown,
      role: 'roles/pubsub.subscriber',
      member: agent,
    });
  });

  it('come from an account that may do nothing but call the worker', () => {
    expect(stack.grants.filter((grant) => grant.startsWith('caller'))).toEqual([
      'caller roles/run.invoker on cloud_run_v2_service ',
    ]);
  });
});
