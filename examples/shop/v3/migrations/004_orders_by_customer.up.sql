-- kind: expand
-- down: lossless
-- A customer's newest orders without reading everybody's.

create index orders_by_customer on orders (customer, created_at desc, id);
