/**
 * Loaded by mocha before any test: how often every fast-check law runs, and from which seed, so that a failure
 * anywhere can be run again exactly (`INALTERA_SEED=… npm test`).
 */
import fc from 'fast-check'

const runs = process.env['INALTERA_PROPERTY_RUNS']
const seed = process.env['INALTERA_SEED']

fc.configureGlobal({
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})
