import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config/index.js';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink/index.js';
import { Construct } from 'constructs';
import type { PlaneSettings } from './plane-settings.ts';
import { waitFor } from './wait-for.ts';

/** Keeps what the installation logs for as long as the inputs say, apart from the project's other logs. */
export class LogStore extends Construct {
  readonly bucket: LoggingProjectBucketConfig;
  readonly sink: LoggingProjectSink;

  /**
   * @param retentionDays 1 to 3650.
   * @param triggerId of the runner's trigger, whose builds log by it.
   */
  constructor(scope: Construct, id: string, settings: PlaneSettings, retentionDays: number, triggerId: string) {
    super(scope, id);
    const { names, projectId, region, encryptionKey } = settings;
    this.bucket = new LoggingProjectBucketConfig(this, 'bucket', {
      project: projectId,
      location: region,
      bucketId: names.logBucket,
      description: 'Logs of the promotion process',
      retentionDays,
      ...(encryptionKey === undefined ? {} : { cmekSettings: { kmsKeyName: encryptionKey } }),
    });
    const services = [names.service('ui'), names.service('worker'), names.service('hooks'), names.migrationFunction];
    this.sink = new LoggingProjectSink(this, 'sink', {
      project: projectId,
      name: names.logBucket,
      description: 'What the promotion process logs',
      // A bucket of the same project needs no grant.
      destination: `logging.googleapis.com/projects/${projectId}/locations/${region}/buckets/${names.logBucket}`,
      uniqueWriterIdentity: true,
      filter: [
        `(resource.type="cloud_run_revision" AND resource.labels.service_name=(${services.map((name) => `"${name}"`).join(' OR ')}))`,
        `(resource.type="build" AND resource.labels.build_trigger_id="${triggerId}")`,
      ].join(' OR '),
    });
    waitFor(this.sink, this.bucket);
  }
}
