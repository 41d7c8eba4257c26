import { useId, type ReactNode, type Ref } from 'react';
import { TitleBar } from '../../components/screen-frame.tsx';
import styles from './form-beside-page.module.css';

interface FormBesidePageProps {
  readonly title: string;
  /** Short words opposite the title: which book, whether it is saved. */
  readonly aside?: ReactNode;
  /** Warnings between title and fields. */
  readonly notes?: ReactNode;
  /** Fields, in two columns. */
  readonly children: ReactNode;
  /** Above the buttons, always in sight. */
  readonly pinned?: ReactNode;
  /** The buttons. */
  readonly end: ReactNode;
  /** The document beside the form. */
  readonly page: ReactNode;
  readonly ref?: Ref<HTMLFormElement>;
}

/** A form with the page it is filled from beside it. Enter in a field does nothing: only the buttons act. */
export function FormBesidePage({ title, aside, notes, children, pinned, end, page, ref }: FormBesidePageProps) {
  const titleId = useId();
  return (
    <div className={styles.split}>
      <form
        ref={ref}
        className={styles.form}
        aria-labelledby={titleId}
        noValidate
        autoComplete="off"
        onSubmit={(event) => event.preventDefault()}
      >
        <TitleBar>
          <h1 id={titleId}>{title}</h1>
          <span className={styles.aside}>{aside}</span>
        </TitleBar>
        <div className={styles.scroll}>
          {notes}
          <div className={styles.fields}>{children}</div>
        </div>
        {pinned === undefined ? null : <div className={styles.pinned}>{pinned}</div>}
        <div className={styles.end}>{end}</div>
      </form>
      <section className={styles.page}>{page}</section>
    </div>
  );
}
