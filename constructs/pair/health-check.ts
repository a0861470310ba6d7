import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job/index.js';
import { Construct } from 'constructs';
import { Fn, Token } from 'cdktf';
import { servicePaths } from '../../engine/contract/service-paths.ts';
import type { PairSettings } from './pair-settings.ts';

/** Has the worker look at both environments' health every five minutes. */
export class HealthCheck extends Construct {
  readonly job: CloudSchedulerJob;

  constructor(scope: Construct, id: string, settings: PairSettings) {
    super(scope, id);
    const { names, projectId, region, plane, inputs } = settings;
    const { environment, targetEnvironment } = inputs;
    this.job = new CloudSchedulerJob(this, 'job', {
      project: projectId,
      region,
      name: names.healthCheckJob,
      description: `Health of ${environment} and ${targetEnvironment}`,
      schedule: '*/5 * * * *',
      timeZone: 'Etc/UTC',
      attemptDeadline: '180s',
      retryConfig: { retryCount: 1 },
      httpTarget: {
        httpMethod: 'POST',
        uri: `${plane.workerUrl}${servicePaths.healthCheck}`,
        headers: { 'Content-Type': 'application/json' },
        body: encoded({ environment, targetEnvironment }),
        oidcToken: { serviceAccountEmail: plane.callerEmail, audience: plane.workerUrl },
      },
    });
  }
}

/** The provider takes bodies in base64; of what is known at apply only, Terraform makes it. */
function encoded(body: Readonly<Record<string, string>>): string {
  const isKnown = !Object.values(body).some((value) => Token.isUnresolved(value));
  return isKnown ? Buffer.from(JSON.stringify(body)).toString('base64') : Fn.base64encode(Fn.jsonencode(body));
}
