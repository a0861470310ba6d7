-- kind: expand
-- What the shop sells, with its first assortment.

create table products (
  sku text primary key check (sku ~ '^[a-z0-9-]{1,64}$'),
  name text not null,
  description text not null,
  price_minor integer not null check (price_minor >= 0)
);

insert into products (sku, name, description, price_minor) values
  ('espresso-cup', 'Espresso cup', 'Stoneware, 80 ml, glazed by hand.', 1400),
  ('filter-cone', 'Filter cone', 'Porcelain, for one to two cups.', 2450),
  ('gooseneck-kettle', 'Gooseneck kettle', 'Stainless steel, 0.9 l, for all stoves.', 6900),
  ('hand-grinder', 'Hand grinder', 'Steel burrs, 40 g, 24 clicks from espresso to press.', 11900),
  ('house-blend', 'House blend', 'Whole beans, 500 g, roasted on Tuesdays.', 1650);
