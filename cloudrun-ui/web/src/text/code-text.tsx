import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { shortenMiddle } from './shorten-middle.ts';
import styles from './code-text.module.css';

interface CodeTextProps {
  readonly children: string;
  /** In characters. Default 40. */
  readonly length?: number;
}

/** A digest, path or id: shortened in its middle, whole under the pointer, copied by a click. */
export function CodeText({ children, length = 40 }: CodeTextProps) {
  return (
    <CopyButton value={children}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : children} multiline maw={480}>
          <UnstyledButton className={styles['code']} onClick={copy} aria-description={`Copies ${children}`}>
            {shortenMiddle(children, length)}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
