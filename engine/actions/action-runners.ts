import type { ActionOutcome, ActionRequest, ActionRunner } from './action-runner.ts';
import type { CommandRunner } from './command-runner.ts';
import type { ContainerRunner } from './container-runner.ts';
import type { HttpActionRunner } from './http-action-runner.ts';

/** One runner for each kind of action. */
export class ActionRunners implements ActionRunner {
  readonly #command: CommandRunner;
  readonly #container: ContainerRunner;
  readonly #http: HttpActionRunner;

  constructor(command: CommandRunner, container: ContainerRunner, http: HttpActionRunner) {
    this.#command = command;
    this.#container = container;
    this.#http = http;
  }

  async run(request: ActionRequest): Promise<ActionOutcome> {
    const { action } = request;
    switch (action.kind) {
      case 'command':
        return this.#command.run(action, request);
      case 'container':
        return this.#container.run(action, request);
      case 'http':
        return this.#http.run(action, request);
    }
  }
}
