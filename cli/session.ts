import type { Actor, ExportRequest, PromotionService, Pruned, PruneRequest } from '../engine/promotion-service.ts';

/** What commands may ask of the service: everything public but what only pages show. */
export type SessionService = Pick<PromotionService, Exclude<keyof PromotionService, 'overview'>>;

export interface AuditFinding {
  readonly promotionId: string;
  /** The entry it is about; absent when it is about the chain as a whole. */
  readonly seq?: number;
  /** One sentence: what does not hold. */
  readonly problem: string;
}

export interface AuditVerification {
  readonly findings: readonly AuditFinding[];
  /** How many chains and entries were looked at. */
  readonly chains: number;
  readonly entries: number;
  /** How many chains are gone because their time was over, as signed checkpoints say. */
  readonly pruned: number;
  /** When the newest signed head was signed; undefined when nothing is signed yet. */
  readonly signedUpTo: Date | undefined;
}

/** What an export of the audit trail proves by itself. */
export interface ExportVerification extends AuditVerification {
  readonly exportedAt: string | undefined;
  readonly exportedBy: string | undefined;
}

/** What can be said of the audit trail without opening the engine. */
export interface AuditFiles {
  /** What this installation's signatures are checked with, as PEM; undefined: nothing was signed here yet. */
  publicKey(): Promise<{ readonly keyId: string; readonly pem: string } | undefined>;
  /** @param keyFile a public key in PEM; default: this installation's. @throws SetupError, UsageError */
  verifyExport(file: string, keyFile: string | undefined): Promise<ExportVerification>;
}

/** One thing that `promote doctor` looked at. */
export interface DoctorFinding {
  /** What was looked at, in a word or two: `Postgres`, `rules`. */
  readonly subject: string;
  readonly level: 'ok' | 'warn' | 'fail';
  /** One line: what was found. */
  readonly detail: string;
  /** How to mend it; absent when there is nothing to mend. */
  readonly remedy?: string;
}

/** What a service of an environment printed last. */
export interface ServiceLogTail {
  readonly service: string;
  /** Oldest first, without the secrets that the service was given. */
  readonly lines: readonly string[];
}

export interface WorkOptions {
  /** Only this promotion. Default: whatever is due. */
  readonly promotionId?: string;
  /** The run that the dispatcher handed out; only named in logs. */
  readonly runId?: string;
  /** How long to stay when nothing is due. Default: the worker's own. */
  readonly lingerSeconds?: number;
  /** Promotions run side by side. Default: the worker's own. */
  readonly concurrency?: number;
}

export interface SessionOptions {
  /** Refuses bad rules before anything is opened. */
  readonly needsRules?: boolean;
  /** Is about what is there already: where nothing was ever started, nothing is started, and that is told. Default: false. */
  readonly needsInstallation?: boolean;
  /** Who is spoken for. Default: the operating-system user. */
  readonly as?: string | undefined;
}

/** An open engine: what the commands work with. `cli/compose/` makes it. */
export interface Session {
  readonly service: SessionService;
  /** Who asks. */
  readonly actor: Actor;
  verifyAudit(): Promise<AuditVerification>;
  /** The lines of a signed export, with their ends. */
  exportAudit(request: ExportRequest): AsyncIterable<string>;
  /** Removes what is older than it has to be kept, chains behind a signed checkpoint. */
  prune(request: PruneRequest): Promise<Pruned>;
  /**
   * Copies what a promotion backed up of its target into an empty folder of this machine.
   * @returns the names of the files; none when nothing was backed up yet.
   */
  copyBackup(promotionId: string, folder: string): Promise<readonly string[]>;
  /** Keeps a secret where promotions find it by its name, readable by nobody else. */
  keepSecret(name: string, value: string): Promise<void>;
  /** Where the rules have the configuration of an application in an environment: an address, a path, or local mode's own. */
  configurationRepository(application: string, environment: string): Promise<string>;
  /** What the services of an environment, by its name, printed last; none where nobody keeps that. */
  serviceLogs(environment: string): Promise<readonly ServiceLogTail[]>;
  /** Runs due promotions in this process until nothing is due. */
  runWorker(options: WorkOptions): Promise<void>;
  /** What of the installation was removed since it was opened, in a clause; undefined: it is there as it was. */
  gone(): Promise<string | undefined>;
  /** What a person must know before trusting what is shown, such as that nothing is being looked after; else undefined. */
  notice(): Promise<string | undefined>;
  examine(): AsyncIterable<DoctorFinding>;
  /** Hands out due promotions and sweeps the outbox, once: what the platform process or the scheduler does elsewhere. */
  tick(): Promise<void>;
  close(): Promise<void>;
}
