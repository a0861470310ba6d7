import { EventStream } from './event-stream.ts';
import { courseNotBegun, followCourse, type Course } from './promotion-course.ts';

export interface FollowerHandlers {
  /** The promotion is told from here on as soon as it changes. */
  onFollowing(): void;
  /** Nobody tells it any more. */
  onLost(): void;
  /** People did something about it. */
  onDeed(): void;
}

/** Follows one promotion as long as somebody looks: how it is, and what its steps write. */
export class PromotionFollower {
  readonly #stream: EventStream;
  readonly #handlers: FollowerHandlers;
  readonly #listeners = new Set<() => void>();
  #course: Course = courseNotBegun;

  constructor(promotionId: string, handlers: FollowerHandlers) {
    this.#handlers = handlers;
    this.#stream = new EventStream({
      url: `/api/promotions/${encodeURIComponent(promotionId)}/stream`,
      onMessage: (message) => {
        const before = this.#course;
        this.#course = followCourse(before, message);
        if (this.#course === before) return;
        if (this.#course.deeds > before.deeds) handlers.onDeed();
        for (const listener of this.#listeners) listener();
      },
      onOpen: () => handlers.onFollowing(),
      onLost: () => handlers.onLost(),
      onRefused: () => handlers.onLost(),
    });
  }

  readonly course = (): Course => this.#course;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly start = (): void => this.#stream.start();

  readonly stop = (): void => {
    this.#stream.stop();
    this.#handlers.onLost();
  };
}
