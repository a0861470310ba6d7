import { planPostData } from '../../../../functions/db-migration/schema/plan-post-data.ts';

const orders = { schema: 'public', name: 'orders' };
const odd = { schema: 'we"ird', name: 'Ta ble' };

function plan(sql: string) {
  return planPostData(
    sql,
    [orders, odd],
    [{ table: orders, name: 'orders_pkey', index: 'CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)' }],
  );
}

describe('what pg_dump has behind the rows', () => {
  it('is built table by table where it is an index of a table that is copied', () => {
    const { builds, before } = plan(`
      CREATE INDEX by_day ON public.orders USING btree (day);
      CREATE UNIQUE INDEX "Od""d" ON "we""ird"."Ta ble" USING gin (body);
      CREATE INDEX of_all ON ONLY public.parted USING btree (id);
      ALTER INDEX public.of_all ATTACH PARTITION public.by_day;`);
    expect(builds).toEqual([
      { table: orders, name: 'by_day', sql: 'CREATE INDEX by_day ON public.orders USING btree (day)' },
      { table: odd, name: 'Od"d', sql: 'CREATE UNIQUE INDEX "Od""d" ON "we""ird"."Ta ble" USING gin (body)' },
    ]);
    expect(before).toEqual([
      'CREATE INDEX of_all ON ONLY public.parted USING btree (id)',
      'ALTER INDEX public.of_all ATTACH PARTITION public.by_day',
    ]);
  });

  it('has the index of a primary key built first, and the key made of it', () => {
    const { builds, before } = plan('ALTER TABLE ONLY public.orders\n    ADD CONSTRAINT orders_pkey PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED;');
    expect(builds.map(({ sql }) => sql)).toEqual(['CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)']);
    expect(before).toEqual([
      'ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey DEFERRABLE INITIALLY DEFERRED',
    ]);
  });

  it('adds a foreign key without looking at rows, and looks at them later; unless it was never to be looked at', () => {
    const key = 'ALTER TABLE ONLY public.orders\n    ADD CONSTRAINT of FOREIGN KEY (c) REFERENCES public.customers(id)';
    expect(plan(`${key};`).foreignKeys).toEqual([
      {
        table: 'public.orders',
        name: 'of',
        sql: `${key} NOT VALID`,
        validation: 'ALTER TABLE public.orders VALIDATE CONSTRAINT of',
      },
    ]);
    expect(plan(`${key} NOT VALID;`).foreignKeys).toMatchObject([{ sql: `${key} NOT VALID`, validation: undefined }]);
    const parted = key.replace('public.orders', 'public.parted');
    expect(plan(`${parted};`).foreignKeys).toMatchObject([{ sql: parted, validation: undefined }]);
  });

  it('says what is said about a foreign key once it is there', () => {
    const { before, after } = plan(`
      CREATE TRIGGER t BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.f();
      ALTER TABLE ONLY public.orders ADD CONSTRAINT of FOREIGN KEY (c) REFERENCES public.customers(id);
      COMMENT ON CONSTRAINT of ON public.orders IS 'x';`);
    expect(before).toHaveLength(1);
    expect(after).toEqual(["COMMENT ON CONSTRAINT of ON public.orders IS 'x'"]);
  });
});
