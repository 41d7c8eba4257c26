/** Channel names of Electron's IPC, main ⇄ preload. Apart from the schemas, so that the preload script loads no zod. */
export const ipcChannels = {
  call: 'call',
  event: 'event',
  /** A screen asks for its port to core on it, and main answers with the port, now or when core is ready. */
  corePort: 'core-port',
  dropped: 'files-dropped',
} as const;
