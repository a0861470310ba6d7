import type { SourceCommit } from './source-history.ts';

/** A format for `git log` whose fields no message can contain: NUL ends each, and git refuses it in commits. */
export const commitFormat = '%H%x00%ae%x00%ct%x00%s%x00%b%x00';

/** Reads what `git log -z --format=<commitFormat>` prints. @throws when it is anything else. */
export function readCommits(output: string): readonly SourceCommit[] {
  const fields = output.split('\0');
  const commits: SourceCommit[] = [];
  // -z ends each entry with one more NUL.
  for (let index = 0; index + 5 < fields.length; index += 6) {
    const [commit = '', author = '', seconds = '', subject = '', body = ''] = fields.slice(index, index + 5);
    if (!/^[0-9a-f]{40,64}$/.test(commit) || !/^\d+$/.test(seconds)) {
      throw new Error(`git answered a history that cannot be read: ${JSON.stringify(fields.slice(index, index + 3))}`);
    }
    commits.push({
      commit,
      author,
      subject,
      at: new Date(Number(seconds) * 1000),
      changeRequests: changeRequestsIn(`${subject}\n${body}`),
      tickets: ticketsIn(`${subject}\n${body}`),
    });
  }
  return commits;
}

/** Numbers of pull and merge requests, as hosts write them into messages. */
export function changeRequestsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w/&])([#!]\d{1,9})\b/g);
  return [...new Set([...found].map(([, request = '']) => request))];
}

/** Words of other trades that look like tickets. */
const notTickets = /^(?:UTF|SHA|ISO|RFC|HTTP|TLS|CVE|CWE|GHSA|X)-/;

/** Keys of tickets: a project in capitals, a dash and a number. */
export function ticketsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w-])([A-Z][A-Z0-9]{1,19}-\d{1,9})(?![\w-])/g);
  return [...new Set([...found].map(([, ticket = '']) => ticket))].filter((ticket) => !notTickets.test(ticket));
}
