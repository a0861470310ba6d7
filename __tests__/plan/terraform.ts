import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { unzipSync } from 'fflate';
import { z } from 'zod';

/** Secrets through ephemeral variables and write-only arguments need it. */
const oldestTerraform = [1, 11] as const;

export const schemasFolder = `${import.meta.dirname}/schemas`;

const diagnosticSchema = z.object({
  severity: z.enum(['error', 'warning']),
  summary: z.string(),
  detail: z.string().default(''),
  address: z.string().optional(),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;

const validationSchema = z.object({ diagnostics: z.array(diagnosticSchema) });
const planLineSchema = z.looseObject({ type: z.string(), diagnostic: diagnosticSchema.optional() });
const resourceChangeSchema = z.object({
  address: z.string(),
  type: z.string(),
  change: z.object({
    actions: z.array(z.string()),
    after: z.record(z.string(), z.unknown()).nullable(),
    after_unknown: z.unknown(),
  }),
});
export type ResourceChange = z.infer<typeof resourceChangeSchema>;
const plannedSchema = z.object({
  resource_changes: z.array(resourceChangeSchema).default([]),
  planned_values: z.looseObject({ outputs: z.record(z.string(), z.unknown()).default({}) }),
});

export interface SavedPlan {
  readonly changes: readonly ResourceChange[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Everything that the saved file and its rendering hold, to search in. */
  readonly contents: string;
}

/** Terraform with stand-ins for the providers, so that nothing is asked of any registry or cloud. */
export class Terraform {
  readonly #standIn: ChildProcess;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(standIn: ChildProcess, environment: Readonly<Record<string, string>>) {
    this.#standIn = standIn;
    this.#environment = environment;
  }

  /** @throws when there is no Terraform that is new enough, with what to install. */
  static async start(): Promise<Terraform> {
    const own = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/' };
    await requireTerraform(own);
    const schemas = ['google', 'google-beta', 'kubernetes'].map((name) =>
      path.join(schemasFolder, `${name}.schema.json`),
    );
    const standIn = spawn(process.execPath, [`${import.meta.dirname}/provider/serve.ts`, ...schemas], {
      // It ends when this pipe closes, however this process ends.
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [reattach] = (await Promise.race([
      once(createInterface({ input: standIn.stdout }), 'line'),
      once(standIn, 'exit').then(([code]) => Promise.reject(new Error(`the stand-in ended with ${String(code)}`))),
    ])) as [string];
    return new Terraform(standIn, {
      ...own,
      TF_REATTACH_PROVIDERS: reattach,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      // It runs for seconds: collecting garbage less often saves a third of them.
      GOGC: '800',
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.#standIn, 'exit');
    this.#standIn.stdin?.end();
    await ended;
  }

  /** State that is in the folder itself, where cdktf says that of wherever it runs. @throws with what it printed. */
  async init(folder: string): Promise<void> {
    const { code, output } = await this.#run(folder, [
      'init',
      '-input=false',
      '-no-color',
      '-backend-config=path=own.tfstate',
    ]);
    if (code !== 0) throw new Error(`terraform init failed in ${folder}:\n${output}`);
  }

  /** What is wrong without looking at any state. */
  async validate(folder: string): Promise<readonly Diagnostic[]> {
    const { output } = await this.#run(folder, ['validate', '-json']);
    return validationSchema.parse(JSON.parse(output)).diagnostics;
  }

  /**
   * Plans from nothing, and saves the plan.
   * @param variables given through the environment, as secrets are.
   * @returns the plan; or, when there is none, why.
   */
  async plan(
    folder: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<SavedPlan | { readonly errors: readonly Diagnostic[] }> {
    const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
    const { code, output } = await this.#run(folder, ['plan', '-json', '-input=false', '-out=saved.tfplan'], given);
    if (code !== 0) {
      const lines = output.split('\n').filter((line) => line.startsWith('{'));
      const told = lines.map((line) => planLineSchema.parse(JSON.parse(line)).diagnostic);
      const errors = told.filter((each) => each?.severity === 'error').filter((each) => each !== undefined);
      if (errors.length === 0) throw new Error(`terraform plan failed in ${folder} and said no more than:\n${output}`);
      return { errors };
    }
    const shown = await this.#run(folder, ['show', '-json', 'saved.tfplan']);
    const planned = plannedSchema.parse(JSON.parse(shown.output));
    const saved = Object.values(unzipSync(await readFile(path.join(folder, 'saved.tfplan'))));
    const contents = [...saved.map((bytes) => Buffer.from(bytes).toString('latin1')), shown.output, output].join('\n');
    return { changes: planned.resource_changes, outputs: planned.planned_values.outputs, contents };
  }

  /** Init, validate and plan. @throws with every error that there is. */
  async accept(folder: string, variables: Readonly<Record<string, string>> = {}): Promise<SavedPlan> {
    await this.init(folder);
    const invalid = await this.validate(folder);
    if (invalid.length > 0) throw new Error(`terraform validate in ${folder}:\n${inWords(invalid)}`);
    const plan = await this.plan(folder, variables);
    if ('errors' in plan) throw new Error(`terraform plan in ${folder}:\n${inWords(plan.errors)}`);
    return plan;
  }

  #run(folder: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    return run(args, { ...this.#environment, ...more }, folder);
  }
}

export function inWords(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ summary, detail, address }) => `${address ?? ''} ${summary}: ${detail}`.trim()).join('\n');
}

const versionSchema = z.object({ terraform_version: z.string() });

async function requireTerraform(environment: Readonly<Record<string, string>>): Promise<void> {
  const oldest = oldestTerraform.join('.');
  const remedy = `install Terraform ${oldest} or newer as \`terraform\` in PATH; these tests ask nothing else of the machine`;
  const { code, output } = await run(['version', '-json'], environment, '/');
  if (code === 'missing') throw new Error(`terraform is not found: ${remedy}`);
  const { terraform_version: version } = versionSchema.parse(JSON.parse(output));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldestTerraform[0] || (major === oldestTerraform[0] && minor < oldestTerraform[1])) {
    throw new Error(`terraform ${version} is too old: ${remedy}`);
  }
}

function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<{ readonly code: number | 'missing'; readonly output: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      'terraform',
      args,
      { cwd: folder, env: { ...environment }, maxBuffer: 256 * 1024 * 1024 },
      (failure, stdout, stderr) => {
        if (failure === null) resolve({ code: 0, output: stdout });
        else if (failure.code === 'ENOENT') resolve({ code: 'missing', output: '' });
        else if (typeof failure.code === 'number') resolve({ code: failure.code, output: `${stdout}${stderr}` });
        else reject(new Error(`terraform ${args.join(' ')} was ended`, { cause: failure }));
      },
    );
  });
}
