import type { ReactNode } from 'react';

/** One of several, or any. */
export function Choice({
  label,
  value,
  any,
  options,
  words = (option) => option,
  onChoose,
}: {
  readonly label: string;
  readonly value: string;
  /** Words for no choice; null where one of the options always holds. */
  readonly any: string | null;
  readonly options: readonly string[];
  readonly words?: (option: string) => string;
  readonly onChoose: (value: string) => void;
}): ReactNode {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {any === null ? null : <option value="">{any}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
      </select>
    </label>
  );
}
