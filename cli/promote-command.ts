import { Command, Option } from 'commander';
import type { z } from 'zod';
import { person } from './option-values.ts';

export interface Example {
  readonly words: string;
  readonly purpose: string;
}

/** A command that brings its own examples and the shape of its JSON, for the help and the documentation. */
export class PromoteCommand extends Command {
  readonly #finish: (exitCode: number) => void;
  #examples: readonly Example[] = [];
  #jsonShape: string | undefined;
  #needed: readonly Option[] = [];

  /** @param finish hears the exit code of the command that ran. */
  constructor(name: string, finish: (exitCode: number) => void) {
    super(name);
    this.#finish = finish;
  }

  override createCommand(name = ''): PromoteCommand {
    return new PromoteCommand(name, this.#finish);
  }

  get examples(): readonly Example[] {
    return this.#examples;
  }

  /** What `--json` prints, in a sentence; undefined when there is no `--json`. */
  get jsonShape(): string | undefined {
    return this.#jsonShape;
  }

  /** All words of the command as they are typed: `promote rules check`. */
  get fullName(): string {
    return this.parent instanceof PromoteCommand ? `${this.parent.fullName} ${this.name()}` : this.name();
  }

  /** @param words what is typed after `promote`. */
  example(words: string, purpose: string): this {
    this.#examples = [...this.#examples, { words, purpose }];
    return this;
  }

  /** Adds `--json`. @param shape what it prints, in a sentence for the documentation. */
  json(shape: string): this {
    this.#jsonShape = shape;
    return this.option('--json', 'print JSON instead of text');
  }

  /** Adds `--as`, for trying on one machine what several people decide. */
  speaksFor(): this {
    return this.option(
      '--as <person>',
      'speak for this person, recorded as unverified; only on a database that the engine started itself',
      person,
    );
  }

  /**
   * An option that must be given. Unlike commander's own, its absence is told after unknown options are, so that a
   * mistyped one is answered with what was meant.
   */
  needs(flags: string, description: string, parse: (text: string) => string): this {
    const option = new Option(flags, `${description} (required)`).argParser(parse);
    this.#needed = [...this.#needed, option];
    return this.addOption(option);
  }

  /**
   * What the command does.
   * @param schema of its options.
   * @param handler gets the options and the arguments in their order; answers the exit code.
   */
  runs<Options>(
    schema: z.ZodType<Options>,
    handler: (options: Options, ...words: (string | undefined)[]) => Promise<number>,
  ): this {
    return this.action(async () => {
      this.#refuseMissing();
      this.#finish(await handler(schema.parse(this.opts()), ...this.args));
    });
  }

  /** The commands below, visible or not. */
  get below(): readonly PromoteCommand[] {
    return this.commands.filter((command) => command instanceof PromoteCommand);
  }

  #refuseMissing(): void {
    const missing = this.#needed.filter((option) => this.getOptionValue(option.attributeName()) === undefined);
    if (missing.length === 0) return;
    const flags = missing.map((option) => option.flags).join(' and ');
    this.error(`error: ${flags} must be given`, { exitCode: 2, code: 'promote.missingOption' });
  }
}
