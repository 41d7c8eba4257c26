import { Component } from 'react';
import type { ReactNode } from 'react';
import { Translation } from 'react-i18next';
import { call } from '../api/api.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** A change of it tries again: the user went somewhere else. */
  readonly resetKey?: string;
  /** Goes where one writes what happened. */
  readonly onReport?: () => void;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
  readonly resetKey: string | undefined;
}

/** A bug in a screen says so in plain words and leaves the rest of the window working. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { onReport } = this.props;
    return (
      <Translation>
        {(t) => (
          <EmptyState icon="warning" title={t('frame.broken.title')} text={t('frame.broken.text')}>
            <Button variant="main" onClick={() => this.setState({ failed: false })}>
              {t('frame.broken.reload')}
            </Button>
            {onReport ? <Button onClick={onReport}>{t('feedback.write')}</Button> : null}
            <Button
              onClick={() => {
                // Already on the failure screen: if this fails too, there is nothing better to show than it.
                void call('app.exportDiagnostics', { commandId: crypto.randomUUID() }).catch(() => undefined);
              }}
            >
              {t('frame.broken.diagnostics')}
            </Button>
          </EmptyState>
        )}
      </Translation>
    );
  }
}
