import type { Action } from '../rules/action-schema.ts';

/** What an action does, in a few words for a plan; values of variables and queries are left out. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case 'command':
      return `command ${action.command.join(' ')}`;
    case 'container':
      return `container ${[action.image, ...action.arguments].join(' ')}`;
    case 'http':
      return `${action.method} ${action.url.replace(/[?#].*$/, '')}`;
  }
}
