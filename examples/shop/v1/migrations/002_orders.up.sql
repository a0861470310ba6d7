-- kind: expand
-- What customers order. Prices are copied into the lines: a later price must not change an order.

create table orders (
  id uuid primary key default gen_random_uuid(),
  customer text not null,
  currency text not null check (char_length(currency) = 3),
  shipping_minor bigint not null check (shipping_minor >= 0),
  total_minor bigint not null check (total_minor >= 0),
  created_at timestamptz not null default now()
);

create table order_lines (
  order_id uuid not null references orders (id) on delete cascade,
  sku text not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  primary key (order_id, sku)
);
