import type { ConfigurationCommit } from './configuration-repository.ts';

/** Fields end with a NUL, which none of them can hold, and so does each commit, by `-z`. */
export const logFormat = '%H%x00%P%x00%aI%x00%an%x00%ae%x00%B';
const fields = 6;

/** The commits of a `git log -z` in that format. */
export function commitsIn(text: string): readonly ConfigurationCommit[] {
  const words = text.split('\0');
  const commits: ConfigurationCommit[] = [];
  for (let index = 0; index + fields <= words.length; index += fields) {
    const [commit = '', parents = '', at = '', name = '', email = '', message = ''] = words.slice(
      index,
      index + fields,
    );
    commits.push({
      commit,
      parent: parents.split(' ').find((parent) => parent !== ''),
      at: new Date(at),
      author: { name, email },
      message,
    });
  }
  return commits;
}
