/** The bytes, or undefined when the text is not base64 as RFC 4648 writes it; Node's own reader passes over rubbish. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}
