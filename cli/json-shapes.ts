/** What `--json` of several commands prints, in words for the documentation. */
export const followShape =
  'JSON lines, each with its `type`; the last is `ended`, `left-waiting` or `interrupted` and has the `exitCode`. With `--no-wait`: one promotion.';
export const promotionShape = 'One promotion.';
