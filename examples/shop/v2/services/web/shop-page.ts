import { html } from './html.ts';
import type { Html } from './html.ts';
import type { WebSettings } from './settings.ts';
import type { ShopOrder, ShopProduct } from './shop-apis.ts';

export interface ShopPage {
  readonly release: string;
  readonly settings: WebSettings;
  readonly products: readonly ShopProduct[];
  /** Undefined while the orders API does not answer; 'hidden' while the feature is off. */
  readonly orders: readonly ShopOrder[] | 'hidden' | undefined;
  readonly offersGiftNotes: boolean;
}

export function formatAmount(minor: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);
}

const giftNoteField = (maximumLength: number): Html =>
  html`<input name="giftNote" maxlength="${maximumLength}" placeholder="A note for the gift" aria-label="Gift note" />`;

const productRow = (product: ShopProduct, giftNote: Html): Html =>
  html` <li>
    <h2>${product.name}</h2>
    <p>${product.description}</p>
    <form data-sku="${product.sku}">
      <strong>${formatAmount(product.priceMinor, product.currency)}</strong>
      <input type="number" name="quantity" value="1" min="1" aria-label="Quantity of ${product.name}" />
      ${giftNote}
      <button>Order</button>
      <output></output>
    </form>
  </li>`;

function orderList(orders: ShopPage['orders']): Html {
  if (orders === 'hidden') return html``;
  if (orders === undefined) return html`<p role="status">Your orders cannot be shown at the moment.</p>`;
  const rows = orders.map((order) => html`<li>${order.id}: ${formatAmount(order.totalMinor, order.currency)}</li>`);
  return html`<h2>Your orders</h2>
    <ol>
      ${rows.length === 0 ? html`<li>None yet.</li>` : rows}
    </ol>`;
}

/** The one page of the shop. */
export function renderShopPage({ release, settings, products, orders, offersGiftNotes }: ShopPage): string {
  const giftNote = offersGiftNotes ? giftNoteField(settings.giftNoteMaximumLength) : html``;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${settings.shopName}</title>
        <script src="/shop.js" defer></script>
      </head>
      <body>
        <h1>${settings.shopName}</h1>
        ${settings.notice === '' ? html`` : html`<p role="note">${settings.notice}</p>`}
        <ul>
          ${products.map((product) => productRow(product, giftNote))}
        </ul>
        ${orderList(orders)}
        <footer>Release ${release}</footer>
      </body>
    </html> `.source;
}
