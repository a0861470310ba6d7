import { ProjectService } from '@cdktf/provider-google/lib/project-service/index.js';
import { Construct } from 'constructs';
import { waitFor } from './wait-for.ts';

/** The services of Google Cloud that an installation calls. */
export const neededServices = [
  'artifactregistry',
  'cloudbuild',
  'cloudfunctions',
  'cloudscheduler',
  'iam',
  'logging',
  'monitoring',
  'pubsub',
  'run',
  'secretmanager',
  'sqladmin',
  'storage',
] as const;
export type NeededService = (typeof neededServices)[number];

/** Switches services on, and never off again: others in the project may use them. */
export class ProjectServices extends Construct {
  readonly #services: ReadonlyMap<NeededService, ProjectService>;

  constructor(scope: Construct, id: string, projectId: string) {
    super(scope, id);
    this.#services = new Map(
      neededServices.map((name) => [
        name,
        new ProjectService(this, name, {
          project: projectId,
          service: `${name}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        }),
      ]),
    );
  }

  /** Lets a part wait until the services that it calls are on. */
  neededBy(part: Construct, ...services: readonly NeededService[]): void {
    waitFor(part, ...services.flatMap((name) => this.#services.get(name) ?? []));
  }
}
