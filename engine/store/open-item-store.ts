import type { OpenItem } from '../workflow/environment-record.ts';
import type { AdministrationEvent } from './administration-store.ts';

export interface OpenItemFilter {
  readonly id?: string;
  readonly application?: string;
  readonly environment?: string;
  readonly promotionId?: string;
}

export interface StoredOpenItem extends OpenItem {
  readonly promotionId: string;
  readonly application: string;
  readonly environment: string;
  readonly openedAt: Date;
}

/** What has to be done after promotions. */
export interface OpenItemStore {
  /** Those that nobody has closed or ticked yet, oldest first. */
  openItems(filter: OpenItemFilter): Promise<readonly StoredOpenItem[]>;
  /** @returns whether it was open; if not, nothing is written. */
  closeOpenItem(id: string, note: string, event: AdministrationEvent): Promise<boolean>;
}
