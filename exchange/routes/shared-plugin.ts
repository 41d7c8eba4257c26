import type { FastifyPluginAsync, FastifyPluginOptions } from 'fastify';

/** A plugin whose hooks and decorators count for everything that is registered after it, not only inside it. */
export function sharedPlugin<Options extends FastifyPluginOptions>(
  plugin: FastifyPluginAsync<Options>,
): FastifyPluginAsync<Options> {
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
