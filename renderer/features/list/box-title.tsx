import { Menu } from '../../components/menu.tsx';
import { useMedia } from '../../components/use-media.ts';

/** Where the navigation folds to icons (see side-nav.module.css). */
export const foldedQuery = '(max-width: 1200px)';

interface BoxTitleProps<Box extends string> {
  readonly title: string;
  readonly label: string;
  readonly boxes: readonly { readonly box: Box; readonly name: string; readonly count: number }[];
  readonly onChoose: (box: Box) => void;
}

/** The name of the box; with the navigation folded, also the way to the other boxes. */
export function BoxTitle<Box extends string>({ title, label, boxes, onChoose }: BoxTitleProps<Box>) {
  const folded = useMedia(foldedQuery);
  return (
    <>
      <h1>{title}</h1>
      {folded ? (
        <Menu
          label={label}
          icon="chevron-down"
          variant="quiet"
          items={boxes.map(({ box, name, count }) => ({
            id: box,
            label: count > 0 ? `${name} (${count})` : name,
            run: () => onChoose(box),
          }))}
        />
      ) : null}
    </>
  );
}
