import { Notification } from 'electron';

interface Notice {
  readonly title: string;
  readonly body: string;
}

/** Shows a desktop notification where the system has them. */
export function showNotice(text: Notice, silent: boolean, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ ...text, silent });
  shown.add(notification);
  notification.on('click', clicked);
  notification.on('close', () => shown.delete(notification));
  notification.show();
}

/** A notification that nothing holds is collected together with its click handler. */
const shown = new Set<Notification>();
