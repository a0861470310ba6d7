import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../services/web/html.ts';
import { formatAmount } from '../services/web/shop-page.ts';
import { visitorOf } from '../services/web/visitor.ts';

await test('what is put into HTML is escaped, unless it is HTML', () => {
  const part = html`<b>${'<&>'}</b>`;
  assert.equal(
    html`<p title="${`"'`}">${[part, part]}${1}</p>`.source,
    '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</p>',
  );
});

await test('amounts are shown in their currency', () => {
  assert.equal(formatAmount(1_905, 'EUR'), '€19.05');
});

await test('a visitor is known by a cookie that is a UUID, and by nothing else', () => {
  const visitor = '6f1c5d3e-0000-4000-8000-000000000001';
  assert.equal(visitorOf({ cookie: `a=b; shop_visitor=${visitor}` }), visitor);
  assert.equal(visitorOf({ cookie: 'shop_visitor=ana' }), undefined);
  assert.equal(visitorOf({}), undefined);
});
