import type { Query, QueryClient } from '@tanstack/react-query';
import type { Connection } from '../connection.ts';
import { ChangeCollector } from './change-collector.ts';
import { changeOf, everyChange, type Change } from './change.ts';
import { isConcerned, type Concern } from './concern.ts';
import { EventStream } from './event-stream.ts';
import type { KnownApplications } from './known-applications.ts';
import './live-meta.ts';

/** What shows one thing follows it closely; lists over everything, of which there are many changes, at a distance. */
export type Pace = 'near' | 'far';
const paceMs: Readonly<Record<Pace, number>> = { near: 400, far: 2000 };

/** What was asked for before the stream stood is asked for once more, when the page has come to rest. */
const settlingMs = 1500;
/** How often everything is looked at again while no stream tells what changes. */
const fallbackMs = 15_000;

export type ChangeListener = (change: Change) => Promise<void>;

export interface LiveChangesOptions {
  readonly client: QueryClient;
  readonly connection: Connection;
  readonly applications: KnownApplications;
}

/**
 * Keeps what is shown as the installation is: one stream says what has changed, and exactly the queries that it concerns are
 * asked anew.
 */
export class LiveChanges {
  readonly applications: KnownApplications;
  readonly #client: QueryClient;
  readonly #connection: Connection;
  readonly #collectors: Readonly<Record<Pace, ChangeCollector>>;
  readonly #listeners: Readonly<Record<Pace, Set<ChangeListener>>> = { near: new Set(), far: new Set() };
  readonly #takenOver = new Set<string>();
  readonly #stream: EventStream;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #fallback: ReturnType<typeof setInterval> | undefined;
  #hasOpened = false;

  constructor({ client, connection, applications }: LiveChangesOptions) {
    this.#client = client;
    this.#connection = connection;
    this.applications = applications;
    const collector = (pace: Pace): ChangeCollector =>
      new ChangeCollector({ paceMs: paceMs[pace], tell: (change) => this.#tell(pace, change) });
    this.#collectors = { near: collector('near'), far: collector('far') };
    this.#stream = new EventStream({
      url: '/api/stream',
      onMessage: (message) => {
        if (message.event === 'reset' && !this.#hasOpened) this.#settle();
        else this.tell(changeOf(message));
        this.#hasOpened = true;
      },
      onOpen: () => {
        clearInterval(this.#fallback);
        this.#connection.answered('stream');
      },
      onLost: () => {
        this.#connection.failed('stream');
        this.#lookNowAndThen();
      },
      onRefused: () => this.#lookNowAndThen(),
    });
  }

  start(): void {
    this.#stream.start();
  }

  /** Until it is started again; what has changed meanwhile is told then. */
  stop(): void {
    this.#stream.stop();
    clearTimeout(this.#settling);
    clearInterval(this.#fallback);
    this.#connection.answered('stream');
  }

  /** Tries to reach the server at once. */
  hurry(): void {
    this.#stream.hurry();
    this.tell(everyChange);
  }

  /** Looks at everything that is shown again, now. */
  async refresh(): Promise<void> {
    await Promise.all([this.#tell('near', everyChange), this.#tell('far', everyChange)]);
  }

  /** Somebody follows a promotion more closely than by asking for it anew. @returns what ends that. */
  takeOver(promotionId: string): () => void {
    this.#takenOver.add(promotionId);
    return () => this.#takenOver.delete(promotionId);
  }

  tell(change: Change): void {
    for (const collector of Object.values(this.#collectors)) collector.add(change);
  }

  /** @returns what ends it. */
  subscribe(pace: Pace, listener: ChangeListener): () => void {
    this.#listeners[pace].add(listener);
    return () => this.#listeners[pace].delete(listener);
  }

  #settle(): void {
    const early = new Set(this.#client.getQueryCache().findAll({ type: 'active' }));
    this.#settling = setTimeout(() => {
      const isEarly = (query: Query): boolean => early.has(query) && concernOf(query).kind !== 'nothing';
      void this.#client.invalidateQueries({ predicate: isEarly });
      for (const pace of ['near', 'far'] as const) {
        for (const listener of this.#listeners[pace]) void listener(everyChange);
      }
    }, settlingMs);
  }

  #lookNowAndThen(): void {
    clearInterval(this.#fallback);
    this.#fallback = setInterval(() => this.tell(everyChange), fallbackMs);
  }

  async #tell(pace: Pace, change: Change): Promise<void> {
    const isOfPace = ({ kind }: Concern): boolean => (kind === 'any-promotion') === (pace === 'far');
    const concerned = (query: Query): boolean => {
      const concern = concernOf(query);
      const isFollowed = concern.kind === 'promotion' && this.#takenOver.has(concern.id) && !change.everything;
      return isOfPace(concern) && !isFollowed && isConcerned(concern, change, this.applications.find);
    };
    await Promise.all([
      this.#client.invalidateQueries({ predicate: concerned }),
      ...[...this.#listeners[pace]].map((listener) => listener(change)),
    ]);
  }
}

function concernOf({ meta }: Query): Concern {
  return meta?.changesWith ?? { kind: 'settings' };
}
