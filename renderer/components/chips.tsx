import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup';
import { Icon } from './icon.tsx';
import styles from './chips.module.css';

interface ChipsProps {
  /** Name of the row for screen readers. */
  readonly label: string;
  readonly chips: readonly { readonly id: string; readonly label: string }[];
  /** Name of the cross that takes this one out. */
  readonly removeLabel: (label: string) => string;
  /** Says that a key does the same. */
  readonly removeHint: string;
  readonly onRemove: (id: string) => void;
}

/** Things chosen. One tab stop: arrow keys walk through them, Delete or the cross takes one out. */
export function Chips({ label, chips, removeLabel, removeHint, onRemove }: ChipsProps) {
  return (
    <TagGroup
      aria-label={label}
      onRemove={(keys) => {
        for (const key of keys) onRemove(String(key));
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
                aria-label={removeLabel(chip.label)}
                title={removeHint}
                onClick={() => onRemove(chip.id)}
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
