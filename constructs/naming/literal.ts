/** A token as CDKTF encodes it into text, or the beginning of a template. */
const tokenOrTemplate = /\$\{TfToken\[[^\]]*\]\}|[$%](?=\{)/g;

/**
 * Text as Terraform shall read it, character by character: `${` and `%{` begin templates in every string that it is
 * given. Tokens in the text stay what they are.
 */
export function literal(text: string): string {
  return text.replaceAll(tokenOrTemplate, (found) => (found.length > 1 ? found : found + found));
}
