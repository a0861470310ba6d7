import type { YamlChange } from '../configuration/edit-yaml.ts';
import type { JsonObject } from '../json.ts';
import type { DeploymentStrategy } from '../rules/deployment-strategy.ts';
import type { OverrideKind } from '../workflow/override.ts';
import type { LeftOutStep } from './left-out-steps.ts';
import type { SourceChange } from './plan-source.ts';

/** One gate's answer, with what it looked at. */
export interface GateAnswer {
  readonly gate: string;
  /** `skipped`: not judged at all, because somebody skipped validation. */
  readonly verdict: 'pass' | 'fail' | 'warn' | 'skipped';
  /** One line: what was found against what was asked. */
  readonly detail: string;
  readonly evidence: readonly string[];
  /** ISO 8601 in UTC: after this it is stale and must be judged again. Absent: it never is. */
  readonly freshUntil?: string;
  /** Who overruled its failing. */
  readonly forcedBy?: string;
}

/** What exactly a promotion will do (design, section 4). Approvals sign its hash. */
export interface PlanBody {
  readonly application: string;
  readonly release: { readonly name: string; readonly digest: string };
  readonly from: string;
  readonly to: string;
  readonly images: readonly {
    readonly service: string;
    readonly repository: string;
    readonly digest: string;
    readonly change: 'new' | 'changed' | 'same';
    readonly before: string | undefined;
  }[];
  readonly configuration: {
    /** Where it is committed, when that is not where the rules say; undefined: it is. */
    readonly redirectedTo?: { readonly repository: string; readonly branch: string } | undefined;
    readonly base: string;
    readonly changes: readonly YamlChange[];
    /** What of the values their schema does not allow, each with its place; undefined when nothing is wrong. */
    readonly problems?: readonly string[] | undefined;
  };
  readonly database:
    | {
        readonly name: string;
        readonly schemaVersion: number;
        /** Why the release could not run on the schema there would be; undefined when it can. */
        readonly obstacle: string | undefined;
        readonly migrations: readonly {
          readonly version: number;
          readonly name: string;
          readonly kind: 'expand' | 'contract';
          readonly statements: readonly string[];
          readonly checksum: string;
        }[];
        /** What runs by itself when the undo window is over; undefined when nothing waits. */
        readonly waiting?: readonly {
          readonly version: number;
          readonly name: string;
          readonly kind: 'expand' | 'contract';
        }[];
        /** How long after the verification that is. */
        readonly undoWindowSeconds?: number;
      }
    | undefined;
  readonly flags: {
    readonly revision: string;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    /** Those whose state is set, and to what; undefined when there are none. */
    readonly switched:
      readonly { readonly key: string; readonly isEnabled: boolean; readonly percentage: number }[] | undefined;
  };
  /** Commits gained and lost; for whoever reads the plan, and no part of its hash, since repositories come and go. */
  readonly source: SourceChange;
  /** How the release takes the place of the one that runs, where that is not service by service; undefined: it is. */
  readonly deployment: { readonly strategy: DeploymentStrategy; readonly detail: string } | undefined;
  /** Steps of the team's own, in order; undefined when there are none. */
  readonly customSteps:
    readonly { readonly name: string; readonly does: string; readonly undo: string | undefined }[] | undefined;
  /** Steps of the engine that the rules leave out though there would be something to do; undefined when there are none. */
  readonly leftOut?: readonly LeftOutStep[] | undefined;
  /** The emergency lane; undefined: the ordinary one. */
  readonly lane: 'hotfix' | undefined;
  /** In what the emergency lane differs from the path, a line each; undefined in the ordinary one. */
  readonly laneTerms?: readonly string[] | undefined;
  /** Rules that somebody set aside, which whoever approves the plan must know; undefined: none. */
  readonly setAside:
    readonly { readonly kind: OverrideKind; readonly by: string; readonly reason: string }[] | undefined;
  /** What the target was when the plan was made; drift of any of it makes another plan. */
  readonly target: { readonly release: string | undefined; readonly generation: number };
  /** What cannot be undone, said before anything runs. */
  readonly irreversible: readonly string[];
}

export interface Plan {
  /** SHA-256 over the canonical JSON of the body without its `source`. */
  readonly hash: string;
  readonly body: JsonObject;
}
