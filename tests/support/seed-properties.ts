import fc from 'fast-check';

/**
 * Properties run from one seed, so that two runs of the same source have the same outcome. `PROPERTY_SEED=random`
 * explores further, and `PROPERTY_SEED=<number>` repeats what such a run found.
 */
const wished = process.env['PROPERTY_SEED'];
if (wished !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wished ?? 30_2020) });
