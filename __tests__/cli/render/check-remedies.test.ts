import { remedyFor } from '../../../cli/render/check-remedies.ts';

const subject = { application: 'shop', release: 'v2', from: 'dev', to: 'staging', promotionId: 'pr-7f3a' };

describe('what to do about a requirement that is not met', () => {
  it.each([
    ['errorBudget', 'error budget of dev unknown: 0 requests, at least 20 are needed to judge', 'send it requests'],
    ['errorBudget', 'error budget of dev used up', 'wait until the budget has recovered'],
    ['slo', 'availability unknown: 3 requests, at least 20 are needed to judge', 'send it requests'],
    ['slo', 'availability 98 % < 99 %', 'find out what fails there'],
    ['stability', 'v2 has run in dev for 3 min, asked are 15 min', 'wait until it has run for as long as'],
    ['stability', 'dev is not stable: orders was restarted 3 times', 'find out why it restarts'],
    ['findings', 'no usable report of any scanner: there is none', 'scan the images, and bring the report'],
    ['findings', '3 high findings, allowed are 0', 'update what is vulnerable'],
    ['tests', 'no usable report of the unit tests: there is none', 'bring the report of what was run'],
    ['tests', '1 unit test failed', 'fix what fails'],
    [
      'performance',
      'k6: nothing to compare with (nothing runs in staging): there is none',
      'performance: { onMissing: warn } in the gates of this path',
    ],
    ['performance', 'k6: nothing to compare with (v1 in staging): there is none', 'find what became slower'],
    ['image size', 'api: is 9 bytes, less than 10', 'build the images anew'],
    ['own-check', 'exit status 3', 'promote logs pr-7f3a'],
  ])('%s, %s: %s', (name, detail, words) => {
    expect(remedyFor(name, subject, detail)).toContain(words);
  });
});
