import type { ReactNode } from 'react';
import styles from './screen-frame.module.css';

interface ScreenFrameProps {
  /** Name of the screen, also for screen readers. */
  readonly title: string;
  /** What stands beside the title. */
  readonly beside?: ReactNode;
  /** Another answer is on its way for what is shown. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A whole screen: a bar with its title, below it one column that fills the window's height. */
export function ScreenFrame({ title, beside, isBusy = false, children }: ScreenFrameProps) {
  return (
    <section className={styles.screen} aria-label={title} aria-busy={isBusy}>
      <TitleBar>
        <h1>{title}</h1>
        {beside}
      </TitleBar>
      {children}
    </section>
  );
}

/** The bar with the title of a screen, or of a part of it. */
export function TitleBar({ children }: { readonly children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>;
}
