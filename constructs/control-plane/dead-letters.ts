import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription/index.js';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member/index.js';
import type { Construct } from 'constructs';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';
import { Topic } from './topic.ts';

/** Pub/Sub deletes a subscription that nobody reads for 31 days, unless told not to. */
export const neverExpires = { expirationPolicy: { ttl: '' } };

/** Where messages go that nobody could take: a topic, and a subscription, without which a topic keeps nothing. */
export class DeadLetters {
  readonly topic: Topic;
  readonly subscription: PubsubSubscription;
  readonly #scope: Construct;
  readonly #projectId: string;
  readonly #agent: string;

  /**
   * @param scope of the subscription whose messages these are; they stand beside it.
   * @param name of the topic and of its subscription.
   * @param projectNumber digits, which Pub/Sub's service agent is named after.
   */
  constructor(
    scope: Construct,
    settings: Pick<PlaneSettings, 'projectId' | 'labels' | 'encryptionKey'>,
    name: string,
    projectNumber: string,
  ) {
    this.#scope = scope;
    this.#projectId = settings.projectId;
    this.#agent = `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
    this.topic = new Topic(scope, 'undelivered', settings, name);
    this.subscription = new PubsubSubscription(scope, 'undelivered-subscription', {
      project: settings.projectId,
      name,
      topic: this.topic.fullName,
      messageRetentionDuration: '2678400s',
      ...neverExpires,
      ...labelsOf(settings),
    });
    this.topic.grantPublish('pubsub', this.#agent);
  }

  /** What the subscription says of them. */
  get policy(): { readonly deadLetterTopic: string; readonly maxDeliveryAttempts: number } {
    return { deadLetterTopic: this.topic.fullName, maxDeliveryAttempts: 10 };
  }

  /** Pub/Sub itself moves what could not be delivered: it publishes here and takes it from there. */
  takeFrom(subscription: PubsubSubscription): void {
    new PubsubSubscriptionIamMember(this.#scope, 'pubsub-subscriber', {
      project: this.#projectId,
      subscription: subscription.name,
      role: 'roles/pubsub.subscriber',
      member: this.#agent,
    });
  }
}
