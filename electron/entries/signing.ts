import { answerSignerRequest } from '#tokens/answer-signer-request.ts';

// The process that touches private keys. Main hands it a channel to core ({type: 'connect'} with one port); each answer
// is reported to main without its content, so that main knows when the process has become idle.
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
