import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  guideVariableNames,
  readGuideVariables,
  refuseOutsideServices,
  type GuideVariable,
} from '../../../cli/environment-variables/guide-variables.ts';
import { UsageError } from '../../../cli/usage-error.ts';

const read = (environment: Record<string, string>) => readGuideVariables(environment, guideVariableNames);

describe('the variables of the guides', () => {
  it('are read as the guides print them', () => {
    expect(
      read({
        FROM_ENV: 'dev',
        TO_ENV: 'staging',
        GITOPS_REPO: 'owner/gitops-repo',
        GITOPS_TOKEN: 'ghp_xxxxx',
        GITOPS_BRANCH: 'main',
        AUTO_APPROVE: 'false',
        DRY_RUN: 'false',
        SKIP_VALIDATION: 'false',
        PROMOTION_LOG: '/tmp/promotion-20261126-140533.log',
        BACKUP_DIR: '/tmp/staging-backup-20261126-140533',
        MAX_STARTUP_WAIT: '300',
        HEALTH_CHECK_TIMEOUT: '30',
      }),
    ).toEqual({
      FROM_ENV: 'dev',
      TO_ENV: 'staging',
      GITOPS_REPO: 'owner/gitops-repo',
      GITOPS_TOKEN: 'ghp_xxxxx',
      GITOPS_BRANCH: 'main',
      AUTO_APPROVE: false,
      DRY_RUN: false,
      SKIP_VALIDATION: false,
      PROMOTION_LOG: '/tmp/promotion-20261126-140533.log',
      BACKUP_DIR: '/tmp/staging-backup-20261126-140533',
      MAX_STARTUP_WAIT: 300,
      HEALTH_CHECK_TIMEOUT: 30,
    });
  });

  it('that are empty are not set', () => {
    expect(read(Object.fromEntries(guideVariableNames.map((name) => [name, ''])))).toEqual({});
  });

  it.each([
    ['AUTO_APPROVE', 'maybe', 'must be true or false, and is "maybe"'],
    ['DRY_RUN', 'True', 'must be true or false'],
    ['SKIP_VALIDATION', '1', 'must be true or false'],
    ['MAX_STARTUP_WAIT', '5m', 'must be a whole number of seconds'],
    ['MAX_STARTUP_WAIT', '0', 'must be a whole number of seconds'],
    ['HEALTH_CHECK_TIMEOUT', '-30', 'must be a whole number of seconds'],
    ['HEALTH_CHECK_TIMEOUT', '1e3', 'must be a whole number of seconds'],
    ['FROM_ENV', 'dev staging', 'must be one word'],
    ['GITOPS_BRANCH', '--upload-pack=x', 'must be the name of a branch'],
    ['GITOPS_BRANCH', 'a..b', 'must be the name of a branch'],
    ['GITOPS_REPO', 'ext::sh -c touch% /tmp/x', 'must be owner/repository'],
    ['GITOPS_REPO', '--upload-pack=x', 'must be owner/repository'],
    ['PROMOTION_LOG', '/tmp/', 'must be the path of a file'],
  ] as const)('are refused when they are not what they should be: %s=%s', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(UsageError);
    expect(() => read({ [name]: value })).toThrow(`the variable ${name} ${message}`);
  });

  it('are all told at once, and secrets are not repeated', () => {
    const wrong = { AUTO_APPROVE: 'maybe', DRY_RUN: 'maybe', GITOPS_REPO: 'https://user:hunter2@git.example/x' };
    expect(() => read(wrong)).toThrow(/AUTO_APPROVE .*; .*DRY_RUN .*; .*GITOPS_REPO /);
    expect(() => read(wrong)).not.toThrow(/hunter2/);
  });

  it('that a command does not understand are none of its business', () => {
    expect(readGuideVariables({ AUTO_APPROVE: 'maybe', FROM_ENV: 'dev' }, ['FROM_ENV'])).toEqual({ FROM_ENV: 'dev' });
  });

  it('are either read or refused in words, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<GuideVariable>(...guideVariableNames),
        fc.string({ unit: 'binary' }),
        (name, value) => {
          try {
            read({ [name]: value });
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            expect((error as Error).message).toContain(name);
          }
        },
      ),
    );
  });
});

describe('the variables of outside services', () => {
  it.each(['ARGOCD_SERVER', 'ARGOCD_USERNAME', 'ARGOCD_PASSWORD'])('are refused by name: %s', (name) => {
    expect(() => {
      refuseOutsideServices({ [name]: 'hunter2' });
    }).toThrow(`${name} is set, and Argo CD waits for outside services`);
    expect(() => {
      refuseOutsideServices({ [name]: 'hunter2' });
    }).not.toThrow(/hunter2/);
  });

  it('are refused by every command that reads a variable of the guides', () => {
    expect(() => readGuideVariables({ ARGOCD_SERVER: 'argocd:443' }, ['PROMOTE_APPLICATION'])).toThrow('ARGOCD_SERVER');
  });

  it('that are not set are in nobody’s way', () => {
    expect(() => {
      refuseOutsideServices({ ARGOCD_SERVER: '', PATH: '/bin' });
    }).not.toThrow();
  });
});
