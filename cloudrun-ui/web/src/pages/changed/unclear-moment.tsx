import { StatusMark } from '../../status/status-mark.tsx';

/** That a text is no moment, and what would be one. */
export function UnclearMoment({ text }: { readonly text: string }) {
  return (
    <p role="alert">
      <StatusMark kind="failed">
        “{text}” is no moment that is over. Type how long ago (2h, 30m, 7d), a time (14:05) or a date with or without a
        time (2026-11-26 14:05).
      </StatusMark>
    </p>
  );
}
