import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { TerraformStack, Testing, type App } from 'cdktf';
import { PromotionControlPlane, type PromotionControlPlaneProps } from '../../constructs/promotion-control-plane.ts';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { sevenInputs } from './seven-inputs.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** What a stack became, for questions about single resources. */
export class Synthesised {
  readonly text: string;
  /** Types of data sources. */
  readonly read: readonly string[];
  readonly #resources: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly outputs: Readonly<Record<string, { readonly value?: unknown; readonly description?: string }>>;

  constructor(text: string) {
    this.text = text;
    const tree = JSON.parse(text) as {
      resource?: Record<string, Record<string, Attributes>>;
      output?: Record<string, { value?: unknown }>;
      data?: Record<string, unknown>;
    };
    this.read = Object.keys(tree.data ?? {});
    this.#resources = tree.resource ?? {};
    this.outputs = tree.output ?? {};
  }

  /** Types and how many there are of each. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      Object.entries(this.#resources).map(([type, named]) => [type, Object.keys(named).length] as const),
    );
  }

  /** Logical ids, `type.id`, sorted. */
  get ids(): readonly string[] {
    return Object.entries(this.#resources)
      .flatMap(([type, named]) => Object.keys(named).map((id) => `${type}.${id}`))
      .toSorted();
  }

  all(type: string): readonly Attributes[] {
    return Object.values(this.#resources[type] ?? {});
  }

  /** The one resource of a type whose id has these words in it. */
  one(type: string, words = ''): Attributes {
    const found = Object.entries(this.#resources[type] ?? {}).filter(([id]) => id.includes(words));
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) {
      throw new Error(`${type} ${words}: ${found.map(([id]) => id).join(', ') || 'none'}`);
    }
    return only[1];
  }

  /** Every grant: what, role, to whom; references by the first part of their id. */
  get grants(): readonly string[] {
    return Object.entries(this.#resources)
      .filter(([type]) => type.includes('_iam_'))
      .flatMap(([type, named]) => Object.entries(named).map(([id, grant]) => grantText(type, id, grant)))
      .toSorted();
  }
}

function grantText(type: string, id: string, grant: Attributes): string {
  const member = String(grant['member']).replace(/\$\{google_service_account\.(.*?)_account_[0-9A-F]{8}\.\w+\}/, '$1');
  const to = member.replace(/^.*_/, '');
  const on = type.replace('google_', '').replace('_iam_member', '');
  const place = on === 'project' ? '' : ` ${id.split('_').slice(1, -2).join('/')}`;
  return `${to} ${String(grant['role'])} on ${on}${place}`;
}

/** A file that stands for the function's archive; its bytes do not matter here. */
export function functionArchive(content = 'archive'): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'constructs-')), 'db_migration.zip');
  writeFileSync(file, content);
  return file;
}

/** A stack with both providers. */
export function stackIn(app: App, name = 'shop'): TerraformStack {
  const stack = new TerraformStack(app, name);
  new GoogleProvider(stack, 'google', { project: 'shop-prod' });
  new KubernetesProvider(stack, 'kubernetes', {});
  return stack;
}

/** The stack as JSON, its validations run. */
export function synthesised(stack: TerraformStack): Synthesised {
  return new Synthesised(Testing.synth(stack, true));
}

export function controlPlane(props: Partial<PromotionControlPlaneProps> = {}): Synthesised {
  const stack = stackIn(Testing.app());
  new PromotionControlPlane(stack, 'promotion', {
    gcpProjectId: 'shop-prod',
    rulesFile: 'promotion/promotion-rules.yaml',
    dbMigrationFunctionSource: functionArchive(),
    ...props,
  });
  return synthesised(stack);
}

/** One pair with an installation of its own. */
export function pair(props: Partial<PromotionProcessProps> = {}): Synthesised {
  const stack = stackIn(Testing.app());
  new PromotionProcess(stack, 'shop-staging-to-prod', {
    ...sevenInputs,
    dbMigrationFunctionSource: functionArchive(),
    ...props,
  });
  return synthesised(stack);
}
