import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic/index.js';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member/index.js';
import { Construct } from 'constructs';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';

/** A topic, created or there already. */
export class Topic extends Construct {
  readonly topic: PubsubTopic | undefined;
  /** `projects/<project>/topics/<name>`. */
  readonly fullName: string;
  readonly #projectId: string;

  /** @param existing name of a topic that is used instead of one being created. */
  constructor(
    scope: Construct,
    id: string,
    settings: Pick<PlaneSettings, 'projectId' | 'labels' | 'encryptionKey'>,
    name: string,
    existing?: string,
  ) {
    super(scope, id);
    this.#projectId = settings.projectId;
    if (existing !== undefined) {
      this.fullName = `projects/${settings.projectId}/topics/${existing}`;
      return;
    }
    this.topic = new PubsubTopic(this, 'topic', {
      project: settings.projectId,
      name,
      ...labelsOf(settings),
      ...(settings.encryptionKey === undefined ? {} : { kmsKeyName: settings.encryptionKey }),
    });
    this.fullName = this.topic.id;
  }

  /**
   * Lets an identity publish to this topic only.
   * @param id name of the grant, once in this topic.
   * @param member as IAM names it: `serviceAccount:ci@shop-prod.iam.gserviceaccount.com`.
   */
  grantPublish(id: string, member: string): PubsubTopicIamMember {
    return new PubsubTopicIamMember(this, `${id}-publisher`, {
      project: this.#projectId,
      topic: this.fullName,
      role: 'roles/pubsub.publisher',
      member,
    });
  }
}
