/**
 * Loaded by mocha before any test: how often every fast-check law runs, and from which seed, so that a failure
 * anywhere can be run again exactly (`INALTERA_SEED=… npm test`); and how long a test may take.
 */
import fc from 'fast-check'
import Mocha from 'mocha'
import { patiently } from './patience.ts'

const runs = process.env['INALTERA_PROPERTY_RUNS']
const seed = process.env['INALTERA_SEED']

fc.configureGlobal({
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})

// Where Mocha reads the limit of a test or a hook, whoever set it; 0 is none.
const { prototype } = Mocha.Runnable
const limitOf = Reflect.get(prototype, 'timeout') as (this: Mocha.Runnable, ms?: number) => unknown
Reflect.set(prototype, 'timeout', function (this: Mocha.Runnable, ms?: number) {
  if (ms !== undefined) return limitOf.call(this, ms)
  return patiently(Number(limitOf.call(this)))
})
