import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { KeySequence } from './key-sequence.ts';
import { places } from './places.ts';
import { walkRows } from './walk-rows.ts';

interface KeyboardActions {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

/** Lets the whole page be used without a pointer. Keys typed into a field, and with modifiers, belong to that field. */
export function useKeyboard({ onSearch, onHelp }: KeyboardActions): void {
  const navigate = useNavigate();
  const sequence = useRef(new KeySequence());
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      const command = sequence.current.typed(event.key, event.timeStamp);
      switch (command.kind) {
        case 'none':
          return;
        case 'go': {
          const place = places.find(({ key }) => key === command.key);
          if (place !== undefined) void navigate({ to: place.path });
          break;
        }
        case 'search':
          onSearch();
          break;
        case 'help':
          onHelp();
          break;
        case 'row':
          walkRows(command.step);
          break;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [navigate, onSearch, onHelp]);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
