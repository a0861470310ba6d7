import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type Ref } from 'react';

const promotionId = /^pr-[0-9a-f]{1,40}$/;

/** Finds an application by a part of its name, and a promotion by its id. */
export function SearchBox({ ref }: { readonly ref: Ref<HTMLInputElement> }) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const submit = (): void => {
    const wanted = text.trim();
    if (promotionId.test(wanted)) void navigate({ to: '/promotions/$promotion', params: { promotion: wanted } });
    else void navigate({ to: '/', search: wanted === '' ? {} : { search: wanted } });
    setText('');
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        ref={ref}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        placeholder="Application or pr-…   /"
        aria-label="Search applications and promotions"
        size="xs"
        w={220}
      />
    </form>
  );
}
