import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup';
import { Icon } from './icon.tsx';
import styles from './chips.module.css';

interface Chip {
  readonly id: string;
  readonly label: string;
  /** Name of the cross that takes it out. */
  readonly removeLabel: string;
}

interface ChipsProps {
  /** Name of the row for screen readers. */
  readonly label: string;
  /** The same array as long as nothing has changed: there can be hundreds, in a form that is drawn with each letter typed. */
  readonly chips: readonly Chip[];
  /** Says that a key does the same as the cross. */
  readonly removeHint: string;
  readonly onRemove: (id: string) => void;
}

/** Things chosen. One tab stop: arrow keys walk through them, Delete or the cross takes one out. */
export function Chips({ label, chips, removeHint, onRemove }: ChipsProps) {
  const latest = useRef(onRemove);
  useEffect(() => {
    latest.current = onRemove;
  });
  const remove = useCallback((id: string) => latest.current(id), []);
  return useMemo(
    () => (
      <TagGroup
        aria-label={label}
        onRemove={(keys) => {
          for (const key of keys) remove(String(key));
        }}
      >
        <TagList className={styles.chips ?? ''}>
          {chips.map((chip) => (
            <Tag key={chip.id} id={chip.id} textValue={chip.label} className={styles.chip ?? ''}>
              <span className={styles.inside}>
                <span className={styles.text}>{chip.label}</span>
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.remove}
                  aria-label={chip.removeLabel}
                  title={removeHint}
                  onClick={() => remove(chip.id)}
                >
                  <Icon name="close" size={12} />
                </button>
              </span>
            </Tag>
          ))}
        </TagList>
      </TagGroup>
    ),
    [label, chips, removeHint, remove],
  );
}
