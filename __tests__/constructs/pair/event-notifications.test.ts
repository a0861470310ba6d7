import { EventNotifications } from '../../../constructs/pair/event-notifications.ts';
import { pairSettings, partsIn } from '../parts.ts';

describe('promotion events', () => {
  const stack = partsIn((scope) => {
    const events = new EventNotifications(scope, 'notifications', pairSettings(), '42');
    events.grantConsume('chat', 'serviceAccount:chat@shop-prod.iam.gserviceaccount.com');
  });

  it('wait in a subscription that nobody’s silence ends, and go aside when nobody can take them', () => {
    expect(stack.one('google_pubsub_subscription', 'notifications_subscription')).toMatchObject({
      name: 'shop-staging-to-prod-promotion-events',
      expiration_policy: { ttl: '' },
      retry_policy: { minimum_backoff: '10s', maximum_backoff: '600s' },
      dead_letter_policy: {
        dead_letter_topic: expect.stringContaining('google_pubsub_topic.notifications_undelivered_topic') as unknown,
        max_delivery_attempts: 10,
      },
    });
    // Without a subscription, a topic keeps nothing.
    expect(stack.one('google_pubsub_subscription', 'undelivered-subscription')).toMatchObject({
      expiration_policy: { ttl: '' },
      message_retention_duration: '2678400s',
    });
  });

  it('are put aside by Pub/Sub itself, which may publish there and take from here', () => {
    const agent = 'serviceAccount:service-42@gcp-sa-pubsub.iam.gserviceaccount.com';
    expect(stack.one('google_pubsub_topic_iam_member', 'undelivered')).toMatchObject({
      role: 'roles/pubsub.publisher',
      member: agent,
    });
    expect(stack.one('google_pubsub_subscription_iam_member', 'pubsub-subscriber')).toMatchObject({
      role: 'roles/pubsub.subscriber',
      member: agent,
    });
  });

  it('are published by the worker and the runner, and read by whom a team lets', () => {
    expect(
      stack
        .all('google_pubsub_topic_iam_member')
        .map(({ member }) => member)
        .toSorted(),
    ).toEqual([
      'serviceAccount:promotion-runner@shop-prod.iam.gserviceaccount.com',
      'serviceAccount:promotion-worker@shop-prod.iam.gserviceaccount.com',
      'serviceAccount:service-42@gcp-sa-pubsub.iam.gserviceaccount.com',
    ]);
    expect(stack.one('google_pubsub_subscription_iam_member', 'chat-subscriber')).toMatchObject({
      member: 'serviceAccount:chat@shop-prod.iam.gserviceaccount.com',
    });
  });

  it('go to a topic that is there already where one is named', () => {
    const existing = partsIn((scope) => {
      new EventNotifications(scope, 'notifications', pairSettings(), '42', 'events');
    });
    expect(existing.one('google_pubsub_subscription', 'notifications_subscription')['topic']).toBe(
      'projects/shop-prod/topics/events',
    );
    expect(existing.all('google_pubsub_topic')).toHaveLength(1);
  });
});
