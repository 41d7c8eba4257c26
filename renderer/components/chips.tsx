import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup';
import { Icon } from './icon.tsx';
import styles from './chips.module.css';

interface Chip {
  readonly id: string;
  readonly label: string;
  /** Name of the cross that takes it out. */
  readonly removeLabel: string;
  /** Of one that stands for several: how many, and whether they are shown. A click or Enter opens and closes it. */
  readonly group?: { readonly count: string; readonly isOpen: boolean };
}

interface ChipsProps {
  /** Name of the row for screen readers. */
  readonly label: string;
  /** The same array as long as nothing has changed: there can be hundreds, in a form that is drawn with each letter typed. */
  readonly chips: readonly Chip[];
  /** Says that a key does the same as the cross. */
  readonly removeHint: string;
  readonly onRemove: (id: string) => void;
  /** One that stands for several was opened or closed. */
  readonly onToggle?: (id: string) => void;
}

/** Things chosen. One tab stop: arrow keys walk through them, Delete or the cross takes one out. */
export function Chips({ label, chips, removeHint, onRemove, onToggle }: ChipsProps) {
  const latest = useRef({ onRemove, onToggle });
  useEffect(() => {
    latest.current = { onRemove, onToggle };
  });
  const remove = useCallback((id: string) => latest.current.onRemove(id), []);
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
            <Tag
              key={chip.id}
              id={chip.id}
              textValue={chip.group === undefined ? chip.label : `${chip.label} · ${chip.group.count}`}
              className={styles.chip ?? ''}
              {...(chip.group === undefined ? {} : { onAction: () => latest.current.onToggle?.(chip.id) })}
            >
              <span className={styles.inside} data-open={chip.group?.isOpen}>
                <span className={styles.text}>{chip.label}</span>
                {chip.group === undefined ? null : (
                  <>
                    <b className={styles.count}>· {chip.group.count}</b>
                    <Icon name="chevron-down" size={12} />
                  </>
                )}
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.remove}
                  aria-label={chip.removeLabel}
                  title={removeHint}
                  // The press is the cross's alone: it must not open the group too.
                  onPointerDown={(event) => event.stopPropagation()}
                  onMouseDown={(event) => event.stopPropagation()}
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
