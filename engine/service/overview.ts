import type { PromotionFilter } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { pagePromotions, type PromotionPage } from './page-promotions.ts';
import type { ServiceContext } from './service-context.ts';

/** What pages show of many things at once; a part of the service, authorised like the rest of it. Reads only. */
export class Overview {
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Promotions with what their releases are called, newest first, a part at a time. @throws UnknownNameError */
  promotions(actor: Actor, filter: PromotionFilter): Promise<PromotionPage> {
    return pagePromotions(this.#context, actor, filter);
  }
}
