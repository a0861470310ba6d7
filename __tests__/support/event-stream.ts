/** A message of a stream of server-sent events, as a browser hands it to a page. */
export interface StreamedMessage {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** The messages of a stream until it ends; one that was cut off in the middle is none. */
export async function* readEventStream(response: Response): AsyncGenerator<StreamedMessage, void, undefined> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = fieldOf(block, 'event');
      if (event === '') continue;
      yield { id: fieldOf(block, 'id'), event, data: JSON.parse(fieldOf(block, 'data')) as Record<string, unknown> };
    }
  }
}

function fieldOf(block: string, name: string): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith(`${name}: `))
    .map((line) => line.slice(name.length + 2))
    .join('\n');
}
