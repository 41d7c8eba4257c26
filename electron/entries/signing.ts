import { answerSignerRequest } from '#tokens/answer-signer-request.ts';

// The process that touches private keys, and loads the drivers of tokens, which may hang or crash it. In Electron main
// hands it a channel to core ({type: 'connect'} with one port); each answer is reported to main without its content, so
// that main knows when the process has become idle. In plain Node the one that forked it asks directly.

if (process.send === undefined) {
  process.parentPort.on('message', ({ ports: [port] }) => {
    if (port === undefined) return;
    port.on('message', ({ data }) => {
      void answerSignerRequest(data).then((reply) => {
        port.postMessage(reply);
        process.parentPort.postMessage({ type: 'used' });
      });
    });
    port.start();
  });
} else {
  process.on('message', (request) => void answerSignerRequest(request).then((reply) => process.send?.(reply)));
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit(0));
}
