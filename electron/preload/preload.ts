import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { ipcChannels } from '#shared/contract/channels.ts';
import type { Answer } from '#shared/contract/define.ts';
import type { EventName } from '#shared/contract/events.ts';
import type { Bridge, ToScreen } from '#shared/contract/transport.ts';
import { buildApi } from './build-api.ts';
import { createCoreCalls } from './core-calls.ts';

const listeners = new Map<string, Set<(payload: unknown) => void>>();

function tell(event: string, payload: unknown): void {
  for (const listener of listeners.get(event) ?? []) listener(payload);
}

const coreCalls = createCoreCalls(
  {
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  },
  () => crypto.randomUUID(),
  tell,
);

ipcRenderer.on(ipcChannels.corePort, (event) => {
  const [port] = event.ports;
  if (port === undefined) return;
  port.onmessage = ({ data }: MessageEvent<ToScreen>) => {
    coreCalls.receive(data);
  };
  coreCalls.connect({
    send: (message) => {
      port.postMessage(message);
    },
    close: () => {
      port.onmessage = null;
      port.close();
    },
  });
});

ipcRenderer.on(ipcChannels.event, (_event, { event, payload }: { event: EventName; payload: unknown }) => {
  if (event === 'core.available' && isUnavailable(payload)) coreCalls.disconnect();
  tell(event, payload);
});

function isUnavailable(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'available' in payload && payload.available === false;
}

const bridge: Bridge = {
  on(event, listener) {
    const known = listeners.get(event) ?? new Set();
    listeners.set(event, known.add(listener));
    return () => {
      known.delete(listener);
    };
  },
  filesFromDrop: (files) =>
    ipcRenderer.invoke(
      ipcChannels.dropped,
      files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : '')),
    ) as ReturnType<Bridge['filesFromDrop']>,
};

contextBridge.exposeInMainWorld(
  'api',
  buildApi(
    coreCalls.call,
    (name, input) => ipcRenderer.invoke(ipcChannels.call, { name, input }) as Promise<Answer<unknown>>,
  ),
);
contextBridge.exposeInMainWorld('bridge', bridge);

// Asked for on each load, so that a reloaded page gets a port of its own.
ipcRenderer.send(ipcChannels.corePort);
