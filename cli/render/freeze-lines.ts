import { instantText, type DeclaredFreeze } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** Declared freezes, one a line: whether it holds now, of what, from when to when, and why. */
export function freezeLines(freezes: readonly DeclaredFreeze[], now: Date, paint: Paint): readonly string[] {
  return table(
    freezes.map((freeze) => {
      const isOn = freeze.from <= now;
      const hotfix = freeze.exceptHotfix ? '' : ', hotfixes too';
      return [
        { text: isOn ? '■' : '□', paint: isOn ? paint.yellow : paint.dim },
        printable(freeze.name),
        `${anyOr(freeze.application, 'every application')} → ${anyOr(freeze.environment, 'every environment')}${hotfix}`,
        `${instantText(freeze.from)} – ${instantText(freeze.to)}`,
        `${printable(freeze.reason)} (${printable(freeze.declaredBy)})`,
      ];
    }),
  );
}

function anyOr(word: string, any: string): string {
  return word === '*' ? any : printable(word);
}
