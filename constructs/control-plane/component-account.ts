import { ServiceAccount } from '@cdktf/provider-google/lib/service-account/index.js';
import { Construct } from 'constructs';
import type { ControlPlaneNames } from '../naming/names.ts';
import type { PlaneSettings } from './plane-settings.ts';

/** The programs that act, each with an account of its own. */
export type Component = Parameters<ControlPlaneNames['accountId']>[0];

const purposes: Readonly<Record<Component, string>> = {
  ui: 'Promotion UI: reads and writes promotions, asks for runs',
  worker: 'Promotion worker: ticks, dispatches runs, delivers events',
  hooks: 'Promotion hooks: may only put incoming hooks on their topic',
  runner: 'Promotion runner: executes promotions',
  migration: 'Database-migration function: reads the databases’ connections',
  builder: 'Builds the database-migration function',
  caller: 'Scheduler and Pub/Sub: may only call the worker',
};

/** The identity of one component. */
export class ComponentAccount extends Construct {
  readonly account: ServiceAccount;

  constructor(scope: Construct, id: string, settings: PlaneSettings, component: Component) {
    super(scope, id);
    this.account = new ServiceAccount(this, 'account', {
      project: settings.projectId,
      accountId: settings.names.accountId(component),
      displayName: purposes[component],
    });
  }

  get email(): string {
    return this.account.email;
  }

  /** As IAM bindings name it. */
  get member(): string {
    return this.account.member;
  }
}
