import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain } from 'electron';
import { ipcChannels } from '#shared/contract/channels.ts';
import type { Screens } from '../processes/screens.ts';
import { isOwnScreen, type CallerFrame } from '../security/app-origin.ts';
import type { CallAnswerer } from './answer-call.ts';
import type { createDropAnswerer } from './dropped-files.ts';

/** Connects Electron's IPC with those who answer. */
export function listenToScreens(
  answerCall: CallAnswerer,
  answerDrop: ReturnType<typeof createDropAnswerer>,
  screens: Screens<MessagePortMain>,
): void {
  ipcMain.handle(ipcChannels.call, (event, message: unknown) => answerCall(callerOf(event), message));
  ipcMain.handle(ipcChannels.dropped, (event, message: unknown) => answerDrop(callerOf(event), message));
  ipcMain.on(ipcChannels.corePort, (event) => {
    if (!isOwnScreen(callerOf(event))) return;
    const contents = event.sender;
    const { id } = contents;
    const isNew = screens.add({
      id,
      givePort: (port) => {
        contents.postMessage(ipcChannels.corePort, null, [port]);
      },
      tell: (name, payload) => {
        contents.send(ipcChannels.event, { event: name, payload });
      },
    });
    if (!isNew) return;
    contents.once('destroyed', () => {
      screens.remove(id);
    });
  });
}

function callerOf(event: IpcMainEvent | IpcMainInvokeEvent): CallerFrame | null {
  const { senderFrame: frame } = event;
  return frame === null ? null : { url: frame.url, isMainFrame: frame.parent === null };
}
