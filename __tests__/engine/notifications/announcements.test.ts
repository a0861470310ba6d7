import { announcements, meaningOf } from '../../../engine/notifications/announcements.ts';
import { notificationEvents } from '../../../engine/rules/notification-schema.ts';

describe('what is announced', () => {
  it('has, together, every name that a route can ask for', () => {
    const meant = new Set(Object.values(announcements).map(({ event }) => event));
    expect([...meant].sort()).toEqual([...notificationEvents].sort());
  });

  it.each(Object.keys(announcements))('%s says something also when little is known', (type) => {
    const meaning = meaningOf(type, {});
    expect(meaning?.words).toMatch(/\w/);
    expect(meaning?.words).not.toMatch(/undefined|\[object/);
  });

  it('is as severe as the error that it tells of', () => {
    expect(meaningOf('promotion.failed', { severity: 'CRITICAL' })?.severity).toBe('critical');
    expect(meaningOf('promotion.failed', {})?.severity).toBe('high');
    expect(meaningOf('step.retrying', { severity: 'HIGH' })?.severity).toBe('high');
    expect(meaningOf('promotion.ended', { state: 'REJECTED' })?.severity).toBe('medium');
    expect(meaningOf('promotion.ended', { state: 'CANCELLED' })?.severity).toBe('low');
  });

  it('says the first line of what happened', () => {
    expect(meaningOf('validation.failed', { error: 'coverage: 10 % < 80 %\ntests: none' })?.words).toBe(
      'requirements are not met: coverage: 10 % < 80 %',
    );
  });

  it('means nothing when only a newer engine knows it', () => {
    expect(meaningOf('promotion.teleported', {})).toBeUndefined();
    expect(meaningOf('constructor', {})).toBeUndefined();
  });
});
