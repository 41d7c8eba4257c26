import { parentPort, workerData } from 'node:worker_threads';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { EdxmlRoutingReader } from '#shared/edxml/read-edxml.ts';
import type { RoutingAnswer, RoutingMemory, RoutingOrder } from './routing-reader.ts';

// A thread that reads the routing of messages, one after the other; its maker ends it when one takes too long.
let reader: EdxmlRoutingReader | null = null;
const memory = workerData as RoutingMemory;

parentPort?.on('message', (order: RoutingOrder) => {
  if (order.type === 'forget') reader = null;
  else parentPort?.postMessage(answer(order));
});

function answer(order: Exclude<RoutingOrder, { type: 'forget' }>): RoutingAnswer {
  reader ??= new EdxmlRoutingReader();
  try {
    if (order.type === 'piece') {
      reader.write(memory.subarray(0, order.length));
      return { type: 'more' };
    }
    const routing = reader.end();
    reader = null;
    return { type: 'routing', routing };
  } catch (error) {
    reader = null;
    if (error instanceof EdxmlError) return { type: 'refused', code: error.code, params: error.params };
    throw error;
  }
}
