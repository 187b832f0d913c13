import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import { defineConfig } from 'hardhat/config'

const require = createRequire(import.meta.url)

/** In CI every fuzz test runs 10,000 times (docs/decisions); at a desk 512 keep `npm test` short. */
const fuzzRuns = Number(
  process.env['INALTERA_FUZZ_RUNS'] ?? (process.env['CI'] === 'true' ? 10_000 : 512),
)

/** `npm run test:long` draws a seed and prints it; without one Hardhat's fuzzing repeats itself exactly. */
const seed = process.env['INALTERA_SEED']
const fuzzSeed =
  seed === undefined ? {} : { seed: `0x${BigInt(seed).toString(16).padStart(64, '0')}` }

export default defineConfig({
  plugins: [hardhatEthers, hardhatChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  paths: { tests: { mocha: 'test/contracts', solidity: 'test/solidity' } },
  solidity: {
    version: '0.8.37',
    path: require.resolve('solc/soljson.js'),
    settings: {
      viaIR: true,
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'cancun',
      metadata: { bytecodeHash: 'none' },
      outputSelection: { '*': { '*': ['storageLayout'] } },
    },
  },
  test: {
    mocha: { timeout: 60_000, reporter: './test/support/reporter.ts' },
    solidity: {
      fuzz: { runs: fuzzRuns, ...fuzzSeed },
      invariant: { runs: 64, depth: 64, failOnRevert: true },
    },
  },
})
