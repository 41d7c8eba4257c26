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
  readonly onChoose: (item: Item) => void;
  /** Name of the list for screen readers. */
  readonly listLabel: string;
  /** Marks the first item from the start. It is what Enter takes in any case. */
  readonly marksFirst?: boolean;
  /** Under the list: that nothing was found, that there is more. */
  readonly foot?: ReactNode;
  readonly className: string | undefined;
  readonly optionClassName: string | undefined;
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

  const choose = (id: Key | undefined): void => {
    const item = items.find((each) => itemId(each) === id);
    if (item !== undefined && isTaken?.(item) !== true) onChoose(item);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (shown) marking?.onKeyDown?.(Object.assign(event, { continuePropagation: () => undefined }));
      else onOpen(true);
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault();
      const option =
        list.current?.querySelector<HTMLElement>('[role=option][data-focused]') ??
        list.current?.querySelector<HTMLElement>('[role=option]:not([aria-disabled=true])');
      choose(option?.dataset['key']);
    } else if (event.key === 'Escape' && shown) {
      // The first Escape closes the list only, not what is around it.
      event.preventDefault();
      onOpen(false);
    } else {
      input.onKeyDown?.(event);
    }
  };

  return (
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
          className={props.className}
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
              onAction={choose}
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
}

function Group<Item>({ group, ...props }: ComboBoxProps<Item> & { readonly group: ComboBoxGroup<Item> }) {
  const options = group.items.map((item) => (
    <ListBoxItem
      key={props.itemId(item)}
      id={props.itemId(item)}
      textValue={props.itemText(item)}
      isDisabled={props.isTaken?.(item) ?? false}
      className={classNames(styles.option, props.optionClassName)}
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
