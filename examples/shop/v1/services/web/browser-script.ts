/** Runs in the browser: sends each form to the pass-through of the orders API. */
export const browserScript = `for (const form of document.querySelectorAll('form[data-sku]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const quantity = Number(form.elements.quantity.value);
    const answer = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ sku: form.dataset.sku, quantity }] }),
    });
    const { id, error } = await answer.json();
    form.querySelector('output').textContent = answer.ok ? 'Ordered: ' + id : error;
  });
}
`;
