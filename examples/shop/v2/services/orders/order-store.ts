import { inTransaction } from '../../platform/database.ts';
import type { Database } from '../../platform/database.ts';
import type { Order, PricedLine, PricedOrder } from './order.ts';

export interface OrderStore {
  /** When this returns, the order is committed. */
  add(order: PricedOrder): Promise<Order>;
  /** A customer's orders, newest first. */
  list(customer: string, limit: number): Promise<readonly Order[]>;
  find(customer: string, id: string): Promise<Order | undefined>;
  /** How many orders the shop has. */
  count(): Promise<number>;
}

interface OrderRow {
  readonly id: string;
  readonly customer: string;
  readonly currency: string;
  readonly shipping_minor: string;
  readonly total_minor: string;
  readonly created_at: Date;
  readonly gift_note: string | null;
  readonly lines: readonly PricedLine[];
}

// Columns are named one by one: a column that a later release adds must not change what this one reads or writes.
const selectOrders = `
  select o.id, o.customer, o.currency, o.shipping_minor, o.total_minor, o.created_at, o.gift_note, l.lines
  from orders o
  cross join lateral (
    select coalesce(json_agg(json_build_object(
      'sku', sku, 'quantity', quantity, 'unitPriceMinor', unit_price_minor) order by sku), '[]') as lines
    from order_lines where order_id = o.id
  ) l`;

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  customer: row.customer,
  currency: row.currency,
  lines: row.lines,
  shippingMinor: Number(row.shipping_minor),
  totalMinor: Number(row.total_minor),
  createdAt: row.created_at,
  giftNote: row.gift_note ?? undefined,
});

export class DatabaseOrderStore implements OrderStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(order: PricedOrder): Promise<Order> {
    return inTransaction(this.#database, async (client) => {
      const { rows } = await client.query<{ readonly id: string; readonly created_at: Date }>(
        `insert into orders (customer, currency, shipping_minor, total_minor, gift_note)
         values ($1, $2, $3, $4, $5) returning id, created_at`,
        [order.customer, order.currency, order.shippingMinor, order.totalMinor, order.giftNote ?? null],
      );
      const [stored] = rows;
      if (stored === undefined) throw new Error('The database stored an order and returned no row.');
      await client.query(
        `insert into order_lines (order_id, sku, quantity, unit_price_minor)
         select $1, line.sku, line.quantity, line.unit_price_minor
         from unnest($2::text[], $3::int[], $4::bigint[]) as line (sku, quantity, unit_price_minor)`,
        [
          stored.id,
          order.lines.map((line) => line.sku),
          order.lines.map((line) => line.quantity),
          order.lines.map((line) => line.unitPriceMinor),
        ],
      );
      return { ...order, id: stored.id, createdAt: stored.created_at };
    });
  }

  async list(customer: string, limit: number): Promise<readonly Order[]> {
    const { rows } = await this.#database.query<OrderRow>(
      `${selectOrders} where o.customer = $1 order by o.created_at desc, o.id limit $2`,
      [customer, limit],
    );
    return rows.map(toOrder);
  }

  async find(customer: string, id: string): Promise<Order | undefined> {
    const { rows } = await this.#database.query<OrderRow>(`${selectOrders} where o.customer = $1 and o.id = $2`, [
      customer,
      id,
    ]);
    return rows.map(toOrder)[0];
  }

  async count(): Promise<number> {
    const { rows } = await this.#database.query<{ readonly count: string }>('select count(*) as count from orders');
    return Number(rows[0]?.count ?? 0);
  }
}
