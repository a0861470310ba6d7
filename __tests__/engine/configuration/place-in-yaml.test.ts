import { offsetOfName, offsetOfValue } from '../../../engine/configuration/place-in-yaml.ts';
import { parseYamlText } from '../../../engine/configuration/yaml-document.ts';

const text = `# of the team
release: v1
feature: &defaults
  limit: 5
  hosts: [a, b]
empty:
other:
  <<: *defaults
copy: *defaults
`;
const lineAt = (offset: number): string => text.slice(offset).split('\n')[0] ?? '';
const at = (...names: readonly string[]): string => lineAt(offsetOfValue(parseYamlText(text), names));

describe('the place of a value in YAML', () => {
  it('is where it is written, in maps and lists', () => {
    expect(at('release')).toBe('v1');
    expect(at('feature', 'limit')).toBe('5');
    expect(at('feature', 'hosts', '1')).toBe('b]');
  });

  it('is its name where it is empty, and what leads to it where it is written elsewhere or missing', () => {
    expect(at('empty')).toBe('empty:');
    expect(at('other', 'limit')).toBe('<<: *defaults');
    expect(at('copy', 'limit')).toBe('*defaults');
    expect(at('feature', 'nothing', 'below')).toBe('limit: 5');
    expect(at()).toBe('release: v1');
  });

  it('of a name is where that is written', () => {
    const yaml = parseYamlText(text);
    expect(lineAt(offsetOfName(yaml, ['feature'], 'hosts'))).toBe('hosts: [a, b]');
    expect(lineAt(offsetOfName(yaml, ['feature'], 'none'))).toBe('limit: 5');
    expect(lineAt(offsetOfName(yaml, [], 'copy'))).toBe('copy: *defaults');
  });

  it('is the beginning of what is empty', () => {
    expect(offsetOfValue(parseYamlText(''), ['a'])).toBe(0);
  });
});
