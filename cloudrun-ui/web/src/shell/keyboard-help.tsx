import { Modal } from '@mantine/core';
import { places } from './places.ts';
import styles from './keyboard-help.module.css';

interface KeyboardHelpProps {
  readonly onClose: () => void;
}

const others = [
  ['/', 'Search applications and promotions'],
  ['j  k', 'Next and former row'],
  ['Enter', 'Open the row'],
  ['Esc', 'Close what is open'],
  ['?', 'This list'],
] as const;

/** Every key that the pages know. */
export default function KeyboardHelp({ onClose }: KeyboardHelpProps) {
  return (
    <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={styles['keys']}>
        {places.map(({ key, title }) => (
          <Key key={key} keys={`g ${key}`} title={title} />
        ))}
        {others.map(([keys, title]) => (
          <Key key={keys} keys={keys} title={title} />
        ))}
      </dl>
    </Modal>
  );
}

function Key({ keys, title }: { readonly keys: string; readonly title: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{title}</dd>
    </div>
  );
}
