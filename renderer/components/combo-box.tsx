import { useCallback, useRef } from 'react';
import type { ComponentProps, KeyboardEvent, ReactNode, Ref } from 'react';
import { Autocomplete, FieldInputContext } from 'react-aria-components/Autocomplete';
import { Header, ListBox, ListBoxItem, ListBoxSection, type Key } from 'react-aria-components/ListBox';
import { useSlottedContext } from 'react-aria-components/slots';
import { classNames } from './class-names.ts';
import { isComposing } from './shortcuts.ts';
import styles from './combo-box.module.css';

export interface ComboBoxGroup<Item> {
  readonly id: string;
  /** Stands above its items. */
  readonly title?: string;
  readonly items: readonly Item[];
}

/** Keys that were held down while an item was chosen. */
export interface ChoosingKeys {
  readonly shift: boolean;
  readonly alt: boolean;
}

interface ComboBoxProps<Item> {
  /** Exactly what is in the field: the text is never completed or changed while it is typed. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Whether the list is wanted; it shows once there is something in it. */
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly groups: readonly ComboBoxGroup<Item>[];
  readonly itemId: (item: Item) => string;
  /** The item in words. */
  readonly itemText: (item: Item) => string;
  readonly renderItem: (item: Item) => ReactNode;
  /** Shown, but not to be chosen. */
  readonly isTaken?: (item: Item) => boolean;
  readonly onChoose: (item: Item, keys: ChoosingKeys) => void;
  /** Alt+Enter chooses too. */
  readonly choosesWithAlt?: boolean;
  /** Name of the list for screen readers. */
  readonly listLabel: string;
  /** Marks the first item from the start. It is what Enter takes in any case. */
  readonly marksFirst?: boolean;
  /**
   * Any text may stay in the field: Enter takes only what is marked. What is marked is also taken by Ctrl+Enter, which then
   * goes on to whoever has bound it: the first item of `marksFirst` while nothing is typed, another once an arrow key went
   * there.
   */
  readonly freeText?: boolean;
  /** Under the list: that nothing was found, that there is more. */
  readonly foot?: ReactNode;
  /**
   * Where the list stands: over the field or under it, both above what is there, or in its own room below. Left out where
   * the field is a part of something else, which says it itself.
   */
  readonly place?: 'over' | 'under' | 'below';
  /** Of the list and of each item, besides the common look. */
  readonly className?: string | undefined;
  readonly optionClassName?: string | undefined;
  readonly inputRef: Ref<HTMLInputElement>;
  /** Of a dialog: the field is focused when it opens. */
  readonly autoFocus?: boolean;
  /** Of the field. `onKeyDown` hears the keys that the list has no use for. */
  readonly input: Omit<ComponentProps<'input'>, 'ref' | 'value' | 'onChange' | 'onFocus' | 'onBlur'>;
}

/**
 * A text field with a list to choose from. The field is a plain one: of the keys it gives the list only arrow up and
 * down, Enter and Escape, and none of them while an input method is composing. All else is the text's.
 */
export function ComboBox<Item>(props: ComboBoxProps<Item>) {
  return (
    <Autocomplete
      inputValue={props.text}
      onInputChange={props.onText}
      disableAutoFocusFirst={props.marksFirst !== true}
    >
      <FieldAndList {...props} />
    </Autocomplete>
  );
}

function FieldAndList<Item>(props: ComboBoxProps<Item>) {
  const { text, open, onOpen, groups, itemId, isTaken, onChoose, foot, input, inputRef } = props;
  const marking = useSlottedContext(FieldInputContext);
  const markingRef = marking?.ref;
  const field = useCallback(
    (element: HTMLInputElement | null) => {
      for (const ref of [inputRef, markingRef]) {
        if (typeof ref === 'function') ref(element);
        else if (ref) ref.current = element;
      }
    },
    [inputRef, markingRef],
  );
  const list = useRef<HTMLDivElement>(null);
  const items = groups.flatMap((group) => group.items);
  const shown = open && (items.length > 0 || Boolean(foot));

  const moved = useRef(false);
  const marked = () => list.current?.querySelector<HTMLElement>('[role=option][data-focused]') ?? null;
  const choose = (id: Key | undefined, keys: ChoosingKeys = { shift: false, alt: false }): void => {
    const item = items.find((each) => itemId(each) === id);
    if (item !== undefined && isTaken?.(item) !== true) onChoose(item, keys);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    if (props.freeText === true && shown && event.ctrlKey && event.key === 'Enter') {
      // The mark follows the list by a moment; a quick key takes the first item all the same.
      const first = props.marksFirst === true ? items[0] : undefined;
      if (moved.current) choose(marked()?.dataset['key']);
      else if (text === '' && first !== undefined) choose(itemId(first));
      onOpen(false);
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey && !(props.choosesWithAlt === true && event.key === 'Enter')) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      moved.current = true;
      if (shown) marking?.onKeyDown?.(Object.assign(event, { continuePropagation: () => undefined }));
      else onOpen(true);
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault();
      const option =
        marked() ??
        (props.freeText === true
          ? null
          : list.current?.querySelector<HTMLElement>('[role=option]:not([aria-disabled=true])'));
      choose(option?.dataset['key'], { shift: event.shiftKey, alt: event.altKey });
    } else if (event.key === 'Escape' && shown) {
      // The first Escape closes the list only, not what is around it.
      event.preventDefault();
      onOpen(false);
    } else {
      input.onKeyDown?.(event);
    }
  };

  const parts = (
    <>
      <input
        {...input}
        data-autofocus={props.autoFocus === true || undefined}
        ref={field}
        type="text"
        role="combobox"
        value={text}
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? marking?.['aria-controls'] : undefined}
        aria-activedescendant={shown ? marking?.['aria-activedescendant'] : undefined}
        onChange={(event) => {
          marking?.onChange?.(event.target.value);
          moved.current = false;
          onOpen(true);
        }}
        onFocus={(event) => {
          marking?.onFocus?.(event);
          if (event.isTrusted) onOpen(true);
        }}
        onBlur={(event) => {
          marking?.onBlur?.(event);
          // The mark moves by events of its own, which take the focus from the field in name only.
          if (event.isTrusted) onOpen(false);
        }}
        onKeyDown={onKeyDown}
      />
      {shown ? (
        <div
          className={classNames(
            props.place === undefined ? undefined : classNames(styles.results, styles[props.place]),
            props.className,
          )}
          // Keeps the focus in the field until the click has arrived.
          onMouseDown={(event) => event.preventDefault()}
        >
          {items.length > 0 ? (
            <ListBox
              // Other items are another list: the mark starts anew, and stands on none that has gone.
              key={items.map(itemId).join('\n')}
              ref={list}
              aria-label={props.listLabel}
              className={styles.list ?? ''}
              shouldFocusWrap
              onAction={(id) => choose(id)}
              {...(props.marksFirst ? { autoFocus: 'first' as const } : {})}
            >
              {groups.map((group) => (
                <Group key={group.id} {...props} group={group} />
              ))}
            </ListBox>
          ) : null}
          {foot}
        </div>
      ) : null}
    </>
  );
  return props.place === undefined ? parts : <div className={styles.field}>{parts}</div>;
}

function Group<Item>({ group, ...props }: ComboBoxProps<Item> & { readonly group: ComboBoxGroup<Item> }) {
  const options = group.items.map((item) => (
    <ListBoxItem
      key={props.itemId(item)}
      id={props.itemId(item)}
      textValue={props.itemText(item)}
      isDisabled={props.isTaken?.(item) ?? false}
      className={classNames(
        styles.option,
        props.place === undefined ? undefined : styles.choice,
        props.optionClassName,
      )}
    >
      {props.renderItem(item)}
    </ListBoxItem>
  ));
  if (group.title === undefined) return options;
  return (
    <ListBoxSection>
      <Header className={styles.title ?? ''}>{group.title}</Header>
      {options}
    </ListBoxSection>
  );
}
