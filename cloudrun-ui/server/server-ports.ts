import type { Logger } from 'pino';
import type { PromotionService } from '../../engine/promotion-service.ts';
import type { Clock } from '../../engine/workflow/clock.ts';
import type { AnswerStore } from '../../engine/store/answer-store.ts';
import type { SharedAnswers } from './shared-answers.ts';
import type { ChangeHub } from './streams/change-hub.ts';
import type { AuditDesk, AuditKeeping } from './audit/audit-desk.ts';
import type { Identity } from './identity/identity.ts';

/** What may be asked of the service: everything public. */
export type ServedService = Pick<PromotionService, keyof PromotionService>;

export interface ServerLimits {
  /** Of a request's body. */
  readonly bodyBytes: number;
  /** Requests that one person, or one address without a person, may make at once. */
  readonly burst: number;
  /** Requests a second that they get back. */
  readonly requestsPerSecond: number;
}

/** Enough for a person with several windows and for a pipeline; not for a loop that has lost its way. */
export const defaultLimits: ServerLimits = { bodyBytes: 256 * 1024, burst: 200, requestsPerSecond: 50 };

/** What the server works with. */
export interface ServerPorts {
  /** Of the program. */
  readonly version: string;
  readonly service: ServedService;
  readonly identity: Identity;
  /** Answers of commands, by their idempotency keys. */
  readonly answers: AnswerStore;
  readonly clock: Clock;
  readonly audit: { readonly keeping: AuditKeeping; readonly desk: AuditDesk };
  /** Says what has changed, in whichever process. */
  readonly hub: ChangeHub;
  /** What takes long, found once for all who ask for it. */
  readonly shared: Pick<SharedAnswers, 'of' | 'madeOf' | 'change'>;
  /** Aborted when the server stops: whoever follows something is sent to another one. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
  /** The built web, or undefined where there is none. */
  readonly webFolder: string | undefined;
  /** Where people reach it, `https://promotion.example`, when a proxy gives it another name. */
  readonly publicOrigin: string | undefined;
  readonly limits: ServerLimits;
  /** @throws when it cannot answer, such as without its database. */
  checkReady(): Promise<void>;
}
