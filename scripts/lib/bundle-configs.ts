import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { controlWords } from './control-words.ts';
import { repositoryRoot } from './repository.ts';

// The oldest runtime the bundles must run on, the staged Electron 33: Node 20.18 and Chromium 130.
const NODE_TARGET = 'node20';
const PAGE_TARGET = 'chrome130';
// What kysely asks for.
const SERVER_TARGET = 'node22';

/** Not bundled: Electron's own module, what has native code, and Node itself. */
const externals = ['electron', 'better-sqlite3', 'koffi', ...builtinModules, /^node:/];

/** One Vite build per process of the application, writing below `folder`. */
export function bundleConfigs(folder: string): readonly InlineConfig[] {
  return [
    nodeBundle('electron/main/main.ts', path.join(folder, 'main'), 'main.js', 'es'),
    nodeBundle('electron/entries/core.ts', path.join(folder, 'core'), 'core.js', 'es'),
    // Core's thread, looked for beside core.
    nodeBundle(
      'electron/data/connection/checkpoint-thread.ts',
      path.join(folder, 'core'),
      'checkpoint-thread.js',
      'es',
    ),
    nodeBundle('electron/entries/signing.ts', path.join(folder, 'signing'), 'signing.js', 'es'),
    nodeBundle('electron/entries/reader.ts', path.join(folder, 'reader'), 'reader.js', 'es'),
    nodeBundle('electron/entries/keeper.ts', path.join(folder, 'keeper'), 'keeper.js', 'es'),
    // A sandboxed preload cannot be an ES module.
    nodeBundle('electron/preload/preload.ts', path.join(folder, 'preload'), 'preload.cjs', 'cjs'),
    rendererBundle(path.join(folder, 'renderer')),
  ];
}

/**
 * The exchange server, its administration and its reading thread: three files and what they share, beside each other, because the migrations
 * are looked for beside the code. Nothing is left out, so that they need Node and no package.
 */
export function exchangeBundle(folder: string): InlineConfig {
  return {
    ...common,
    root: repositoryRoot,
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: SERVER_TARGET,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      license: { fileName: 'THIRD-PARTY-LICENSES.md' },
      rolldownOptions: {
        input: {
          server: path.join(repositoryRoot, 'exchange/entries/server.ts'),
          admin: path.join(repositoryRoot, 'exchange/entries/admin.ts'),
          // The server looks for it beside itself.
          'routing-thread': path.join(repositoryRoot, 'exchange/reading/routing-thread.ts'),
        },
        external: [...builtinModules, /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'exchange-[hash].js' },
      },
    },
  };
}

const common = {
  configFile: false,
  logLevel: 'warn',
  mode: 'production',
} as const satisfies InlineConfig;

function nodeBundle(entry: string, outDir: string, fileName: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    ...common,
    root: repositoryRoot,
    publicDir: false,
    // Everything else is bundled, so that the application carries no node_modules but the native ones.
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(repositoryRoot, entry),
      target: format === 'cjs' ? PAGE_TARGET : NODE_TARGET,
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: externals,
        output: { format, entryFileNames: fileName, chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

function rendererBundle(outDir: string): InlineConfig {
  return {
    ...common,
    root: path.join(repositoryRoot, 'renderer'),
    base: './',
    plugins: [react(), controlWords()],
    build: {
      target: PAGE_TARGET,
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      // The page's content security policy allows no data: URLs.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
    },
  };
}
