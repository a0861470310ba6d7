import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription/index.js';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member/index.js';
import { Construct } from 'constructs';
import { Topic } from '../control-plane/topic.ts';
import { labelsOf } from '../control-plane/plane-settings.ts';
import type { PairSettings } from './pair-settings.ts';

/** Promotion events as messages: a topic, a subscription to read them from, and a place for those nobody could take. */
export class EventNotifications extends Construct {
  readonly topic: Topic;
  readonly subscription: PubsubSubscription;
  readonly deadLetterTopic: Topic;
  readonly deadLetterSubscription: PubsubSubscription;
  readonly #projectId: string;

  /**
   * @param projectNumber digits, which Pub/Sub's service agent is named after.
   * @param existing name of a topic that is used instead of one being created.
   */
  constructor(scope: Construct, id: string, settings: PairSettings, projectNumber: string, existing?: string) {
    super(scope, id);
    const { names, projectId, plane } = settings;
    this.#projectId = projectId;
    this.topic = new Topic(this, 'events', settings, names.eventTopic, existing);
    this.deadLetterTopic = new Topic(this, 'undelivered', settings, names.deadLetterTopic);
    this.topic.grantPublish('worker', `serviceAccount:${plane.workerEmail}`);
    this.topic.grantPublish('runner', `serviceAccount:${plane.runnerEmail}`);

    this.subscription = new PubsubSubscription(this, 'subscription', {
      project: projectId,
      name: names.eventTopic,
      topic: this.topic.fullName,
      ackDeadlineSeconds: 60,
      messageRetentionDuration: '604800s',
      retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
      deadLetterPolicy: { deadLetterTopic: this.deadLetterTopic.fullName, maxDeliveryAttempts: 10 },
      ...never,
      ...labelsOf(settings),
    });
    this.deadLetterSubscription = new PubsubSubscription(this, 'undelivered-subscription', {
      project: projectId,
      name: names.deadLetterTopic,
      topic: this.deadLetterTopic.fullName,
      messageRetentionDuration: '2678400s',
      ...never,
      ...labelsOf(settings),
    });

    // Pub/Sub itself moves what could not be delivered: it publishes there and takes it from here.
    const agent = `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
    this.deadLetterTopic.grantPublish('pubsub', agent);
    this.#grantRead('pubsub', agent);
  }

  /**
   * Lets an identity read this pair's promotion events.
   * @param id name of the grant, once in this pair.
   * @param member as IAM names it.
   */
  grantConsume(id: string, member: string): PubsubSubscriptionIamMember {
    return this.#grantRead(id, member);
  }

  #grantRead(id: string, member: string): PubsubSubscriptionIamMember {
    return new PubsubSubscriptionIamMember(this, `${id}-subscriber`, {
      project: this.#projectId,
      subscription: this.subscription.name,
      role: 'roles/pubsub.subscriber',
      member,
    });
  }
}

/** Pub/Sub deletes a subscription that nobody reads for 31 days, unless told not to. */
const never = { expirationPolicy: { ttl: '' } };
