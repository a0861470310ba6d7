import { TextInput } from '@mantine/core';

interface WordFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  /** When somebody has finished typing; undefined: it limits nothing. */
  readonly onChange: (value: string | undefined) => void;
}

/** A word that rows are looked for by; it counts once it is left or sent off, and not with every letter. */
export function WordFilter({ label, value, onChange }: WordFilterProps) {
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={label}
      // Another address brings another word.
      key={value ?? ''}
      defaultValue={value ?? ''}
      onBlur={(event) => {
        const text = event.currentTarget.value.trim();
        if (text !== (value ?? '')) onChange(text === '' ? undefined : text);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
