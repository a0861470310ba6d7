import type { Database } from '../../platform/database.ts';

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  /** In the smallest unit of the currency. */
  readonly priceMinor: number;
}

/** What the shop sells. */
export interface ProductStore {
  list(): Promise<readonly Product[]>;
  find(sku: string): Promise<Product | undefined>;
}

// Columns are named one by one: a column that a later release adds must not change what this one answers.
const columns = 'sku, name, description, price_minor as "priceMinor"';

export class DatabaseProductStore implements ProductStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<readonly Product[]> {
    const { rows } = await this.#database.query<Product>(`select ${columns} from products order by name`);
    return rows;
  }

  async find(sku: string): Promise<Product | undefined> {
    const { rows } = await this.#database.query<Product>(`select ${columns} from products where sku = $1`, [sku]);
    return rows[0];
  }
}
