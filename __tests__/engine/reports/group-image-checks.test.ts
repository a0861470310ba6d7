import { groupImageChecks } from '../../../engine/reports/group-image-checks.ts';
import type { ReportedCheck } from '../../../engine/reports/promotion-report.ts';

const check = (name: string, detail: string, more: Partial<ReportedCheck> = {}): ReportedCheck => ({
  step: 'validate-artifacts',
  check: name,
  verdict: 'pass',
  detail,
  threshold: null,
  evidence: [],
  forcedBy: null,
  ...more,
});
const told = (...checks: readonly ReportedCheck[]) =>
  groupImageChecks(checks).map(({ check: name, detail, verdict }) => `${name} ${verdict} ${detail}`);

describe('checks of several images', () => {
  it('are one line where they were found alike, at the place of the first', () => {
    expect(
      told(
        check('tests', 'unit: 80/80'),
        check('image labels', 'orders: none demanded'),
        check('image size', 'orders: 12 MB'),
        check('image labels', 'web: none demanded'),
        check('image size', 'web: 30 MB'),
      ),
    ).toEqual([
      'tests pass unit: 80/80',
      'image labels pass orders, web: none demanded',
      'image size pass orders: 12 MB',
      'image size pass web: 30 MB',
    ]);
  });

  it('stay apart where one failed, was overruled, or belongs to another step', () => {
    const labels = 'image labels';
    const checks = [
      check(labels, 'orders: no commit', { verdict: 'fail' }),
      check(labels, 'web: no commit', { verdict: 'fail', forcedBy: 'olga' }),
      check(labels, 'api: no commit'),
      check(labels, 'job: no commit', { step: 'validate-conditions' }),
    ];
    expect(groupImageChecks(checks)).toEqual(checks);
  });

  it('of other kinds are never put together, however alike', () => {
    const twice = [check('tests', 'unit: 80/80'), check('tests', 'unit: 80/80')];
    expect(groupImageChecks(twice)).toEqual(twice);
  });
});
