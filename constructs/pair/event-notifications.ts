import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription/index.js';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member/index.js';
import { Construct } from 'constructs';
import { DeadLetters, neverExpires } from '../control-plane/dead-letters.ts';
import { Topic } from '../control-plane/topic.ts';
import { labelsOf } from '../control-plane/plane-settings.ts';
import type { PairSettings } from './pair-settings.ts';

/** Promotion events as messages: a topic, a subscription to read them from, and a place for those nobody could take. */
export class EventNotifications extends Construct {
  readonly topic: Topic;
  readonly subscription: PubsubSubscription;
  readonly deadLetters: DeadLetters;
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
    this.deadLetters = new DeadLetters(this, settings, names.deadLetterTopic, projectNumber);
    this.topic.grantPublish('worker', `serviceAccount:${plane.workerEmail}`);
    this.topic.grantPublish('runner', `serviceAccount:${plane.runnerEmail}`);

    this.subscription = new PubsubSubscription(this, 'subscription', {
      project: projectId,
      name: names.eventTopic,
      topic: this.topic.fullName,
      ackDeadlineSeconds: 60,
      messageRetentionDuration: '604800s',
      retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
      deadLetterPolicy: this.deadLetters.policy,
      ...neverExpires,
      ...labelsOf(settings),
    });
    this.deadLetters.takeFrom(this.subscription);
  }

  /**
   * Lets an identity read this pair's promotion events.
   * @param id name of the grant, once in this pair.
   * @param member as IAM names it.
   */
  grantConsume(id: string, member: string): PubsubSubscriptionIamMember {
    return new PubsubSubscriptionIamMember(this, `${id}-subscriber`, {
      project: this.#projectId,
      subscription: this.subscription.name,
      role: 'roles/pubsub.subscriber',
      member,
    });
  }
}
