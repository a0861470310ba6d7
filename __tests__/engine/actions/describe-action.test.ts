import { describeAction } from '../../../engine/actions/describe-action.ts';
import { actionSchema } from '../../../engine/rules/action-schema.ts';

it.each([
  [{ kind: 'command', command: ['./warm', '--all'], variables: { KEY: 'value' } }, 'command ./warm --all'],
  [{ kind: 'container', image: 'tools/smoke:v1', arguments: ['web'] }, 'container tools/smoke:v1 web'],
  [{ kind: 'http', url: 'https://hooks.example/<env>?token=abc' }, 'POST https://hooks.example/<env>'],
])('an action is described for a plan without what may be secret', (action, words) => {
  expect(describeAction(actionSchema.parse(action))).toBe(words);
});
