import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job/index.js';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription/index.js';
import { Construct } from 'constructs';
import { servicePaths } from '../../engine/contract/service-paths.ts';
import { ComponentAccount } from './component-account.ts';
import { DeadLetters, neverExpires } from './dead-letters.ts';
import type { ImageService } from './image-service.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';
import type { Topic } from './topic.ts';
import { waitFor } from './wait-for.ts';

/** What calls the worker: the tick of every minute, and the hooks that came in. Both prove who they are by OIDC. */
export class WorkerCalls extends Construct {
  readonly account: ComponentAccount;
  readonly tickJob: CloudSchedulerJob;
  readonly hookDelivery: PubsubSubscription;
  readonly undeliveredHooks: DeadLetters;

  /** @param projectNumber digits, which Pub/Sub's service agent is named after. */
  constructor(
    scope: Construct,
    id: string,
    settings: PlaneSettings,
    worker: ImageService,
    hooksTopic: Topic,
    projectNumber: string,
  ) {
    super(scope, id);
    const { names, projectId, region } = settings;
    this.account = new ComponentAccount(this, 'caller', settings, 'caller');
    const invoker = worker.grantInvoke('caller', this.account.member);
    this.tickJob = new CloudSchedulerJob(this, 'tick', {
      project: projectId,
      region,
      name: names.tickJob,
      description: 'Timers, dispatch and delivery of events',
      schedule: '* * * * *',
      timeZone: 'Etc/UTC',
      attemptDeadline: '60s',
      retryConfig: { retryCount: 0 },
      httpTarget: {
        httpMethod: 'POST',
        uri: `${worker.url}${servicePaths.tick}`,
        oidcToken: { serviceAccountEmail: this.account.email, audience: worker.url },
      },
    });
    waitFor(this.tickJob, invoker);
    this.undeliveredHooks = new DeadLetters(this, settings, names.hooksDeadLetterTopic, projectNumber);
    this.hookDelivery = new PubsubSubscription(this, 'hook-delivery', {
      project: projectId,
      name: names.hooksTopic,
      topic: hooksTopic.fullName,
      ackDeadlineSeconds: 60,
      ...neverExpires,
      deadLetterPolicy: this.undeliveredHooks.policy,
      retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
      pushConfig: {
        pushEndpoint: `${worker.url}${servicePaths.hookDelivery}`,
        oidcToken: { serviceAccountEmail: this.account.email, audience: worker.url },
      },
      ...labelsOf(settings),
    });
    waitFor(this.hookDelivery, invoker);
    this.undeliveredHooks.takeFrom(this.hookDelivery);
  }
}
