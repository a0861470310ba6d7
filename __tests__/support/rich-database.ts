/**
 * A database with what a copy gets wrong easily: names that must be quoted, values that have no literal everywhere,
 * columns that must not be copied, tables that depend on each other in every way. Thirteen tables hold rows.
 */
export const RICH_DATABASE = `
CREATE TYPE public.mood AS ENUM ('sad', 'o''k', '😀');
CREATE DOMAIN public.percent AS numeric CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE public.pair AS (a int, b text);
CREATE TYPE public.floats AS RANGE (subtype = float8);

CREATE TABLE public.values (
  id bigint GENERATED ALWAYS AS IDENTITY (START 7 INCREMENT 5) PRIMARY KEY,
  f4 real, f8 double precision, n numeric, b bytea, t text, ts timestamptz, d date, i interval, u uuid, j jsonb, js json,
  ints int[], texts text[][], m public.mood, p public.percent, c public.pair, r public.floats, net inet, bits varbit, xs xml,
  len int GENERATED ALWAYS AS (coalesce(length(t), 0)) STORED, doubled numeric GENERATED ALWAYS AS (n * 2)
);
COMMENT ON TABLE public.values IS E'says "it''s"\n;and \\\\more';
COMMENT ON COLUMN public.values.t IS '-- not a comment';
INSERT INTO public.values (f4, f8, n, b, t, ts, d, i, u, j, js, ints, texts, m, p, c, r, net, bits, xs) VALUES
  ('NaN', 'Infinity', 'NaN', '\\x00ff5c0a', E'tab\\t newline\\n return\\r back\\\\ \\\\N \\\\.', 'infinity', '-infinity', '1 year -2 days 00:00:01.000001',
   '00000000-0000-0000-0000-000000000001', '{"a": [1, null, "\\u00e9"]}', '{"b":1,  "b":2}', '{1,NULL,3}', '{{"a,b","\\"q\\""},{"NULL",""}}',
   '😀', 99.5, '(1,"x,\\"y")', '[1.5,)', '10.0.0.0/8', B'0101', '<a>&amp;</a>'),
  ('-Infinity', 4.9e-324, '-Infinity', '', '', '0044-03-15 12:00:00 BC', '9999-12-31', '-178000000 years', NULL, 'null', 'null', '{}', NULL,
   'o''k', 0, NULL, 'empty', '::1', B'', NULL),
  (3.4028235e38, 1.7976931348623157e308, 1e-1000, '\\xdeadbeef', '\\N', now(), 'today', '0', NULL, NULL, NULL, '[0:1]={1,2}', NULL, NULL, NULL, '(,)', NULL, NULL, NULL, NULL),
  (0.1, 0.1, 12345678901234567890.123456789, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE SCHEMA "we""ird schema";
COMMENT ON SCHEMA "we""ird schema" IS 'holds ''everything''';
CREATE TABLE "we""ird schema"."ta
ble 😀" ("select" int, "co""l;umn" text DEFAULT E'\\';', "from" public.mood DEFAULT 'sad');
INSERT INTO "we""ird schema"."ta
ble 😀" VALUES (1, 'x', 'sad'), (2, E'a\\tb', NULL);
CREATE INDEX "in""dex;" ON "we""ird schema"."ta
ble 😀" (("co""l;umn" || ';')) WHERE "select" > 0;
CREATE SEQUENCE "we""ird schema"."se""q" AS bigint START -5 INCREMENT -3 MINVALUE -9000000000000000000 CYCLE;
SELECT nextval('"we""ird schema"."se""q"'), nextval('"we""ird schema"."se""q"');
CREATE SEQUENCE public.never_used START 42;

CREATE TABLE public."order" (id serial PRIMARY KEY, "select" int NOT NULL, parent int REFERENCES public."order" DEFERRABLE INITIALLY DEFERRED);
INSERT INTO public."order" ("select", parent) VALUES (10, 2), (20, 1);
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TABLE public.line (order_id int NOT NULL REFERENCES public."order" ON DELETE CASCADE, n int, PRIMARY KEY (order_id, n), EXCLUDE USING btree (order_id WITH =, n WITH =));
INSERT INTO public.line VALUES (1, 1), (1, 2), (2, 1);
ALTER TABLE public."order" ADD first_line int, ADD FOREIGN KEY (id, first_line) REFERENCES public.line (order_id, n);
UPDATE public."order" SET first_line = 1 WHERE id = 1;
CREATE UNLOGGED TABLE public.scratch (id int); INSERT INTO public.scratch VALUES (1);

CREATE TABLE public.event (at date NOT NULL, id int, note text, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE public.event_2025 PARTITION OF public.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public.event_rest (note text, dropped int, id int NOT NULL, at date NOT NULL);
ALTER TABLE public.event_rest DROP COLUMN dropped;
ALTER TABLE public.event ATTACH PARTITION public.event_rest DEFAULT;
INSERT INTO public.event VALUES ('2025-06-01', 1, 'in'), ('2031-01-01', 2, 'out');
CREATE TABLE public.parent (id int, name text); CREATE TABLE public.child (extra int) INHERITS (public.parent);
INSERT INTO public.parent VALUES (1, 'p'); INSERT INTO public.child VALUES (2, 'c', 3);
CREATE TABLE public.columnless (); INSERT INTO public.columnless DEFAULT VALUES; INSERT INTO public.columnless DEFAULT VALUES;
CREATE TABLE public.only_generated (g int GENERATED ALWAYS AS (1 + 1) STORED); INSERT INTO public.only_generated DEFAULT VALUES;
CREATE TABLE public.empty (id int);

CREATE FUNCTION public.total(order_id int) RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM public.line l WHERE l.order_id = total.order_id; END;
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $fn$ BEGIN NEW."select" := NEW."select" + 1; RETURN NEW; END; $fn$;
CREATE TRIGGER touch BEFORE INSERT ON public."order" FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE VIEW public.totals AS SELECT id, public.total(id) AS total FROM public."order";
CREATE MATERIALIZED VIEW public.snapshot AS SELECT * FROM public.totals; CREATE UNIQUE INDEX ON public.snapshot (id);
CREATE PROCEDURE public.nothing() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE public.product(int) (sfunc = int4mul, stype = int, initcond = 1);
CREATE OPERATOR public.=== (leftarg = int, rightarg = int, procedure = int4eq);
CREATE TEXT SEARCH CONFIGURATION public.simple_copy (COPY = simple);
CREATE COLLATION public.plain (provider = libc, locale = 'C');
CREATE STATISTICS public.linked ON order_id, n FROM public.line;
CREATE RULE no_delete AS ON DELETE TO public.parent DO INSTEAD (SELECT 1; SELECT 2);
CREATE PUBLICATION everything FOR TABLE public.values, public."order";
CREATE TABLE public.guarded (owner text); INSERT INTO public.guarded VALUES ('a'), ('b');
ALTER TABLE public.guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE public.guarded FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.guarded USING (owner = current_user);
GRANT SELECT ON public.totals TO PUBLIC;
CREATE FUNCTION public.audit() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION public.audit();
`;

const TABLES = [
  'public.values',
  '"we""ird schema"."ta\nble 😀"',
  'public."order"',
  'public.line',
  'public.scratch',
  'public.event_2025',
  'public.event_rest',
  'ONLY public.parent',
  'public.child',
  'public.only_generated',
  'public.empty',
  'public.guarded',
  'public.snapshot',
  'public.totals',
];

/** Everything of `RICH_DATABASE` that has a value, as text so that equal means equal to the last digit. */
export const ROW_QUERIES: readonly string[] = [
  ...TABLES.map(
    (table) => `SELECT row_to_json(each_row)::text, each_row::text FROM ${table} each_row ORDER BY each_row::text`,
  ),
  'SELECT count(*)::text FROM public.columnless',
  'SELECT last_value::text, is_called FROM public.values_id_seq',
  'SELECT last_value::text, is_called FROM public.order_id_seq',
  'SELECT last_value::text, is_called FROM public.never_used',
  'SELECT last_value::text, is_called FROM "we""ird schema"."se""q"',
];
