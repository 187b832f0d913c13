import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import { defineConfig } from 'hardhat/config'

const require = createRequire(import.meta.url)

/** In CI every fuzz test runs 10,000 times; at a desk 512 keep `npm test` short. */
const fuzzRuns = Number(
  process.env['INALTERA_FUZZ_RUNS'] ?? (process.env['CI'] === 'true' ? 10_000 : 512),
)

/** `npm run test:long` draws a seed and prints it; without one Hardhat's fuzzing repeats itself exactly. */
const seed = process.env['INALTERA_SEED']
const fuzzSeed =
  seed === undefined ? {} : { seed: `0x${BigInt(seed).toString(16).padStart(64, '0')}` }

const SOLIDITY_TESTS = 'test/solidity'
const compiler = { version: '0.8.37', path: require.resolve('solc/soljson.js') }

/** What is deployed: these settings decide its address, so they are frozen. */
const registryCompiler = {
  ...compiler,
  settings: {
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    evmVersion: 'cancun',
    metadata: { bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['storageLayout'] } },
  },
}

/** Tests take the registry as compiled above (`vm.getCode`) and are themselves compiled in a tenth of the time. */
const testCompiler = {
  ...compiler,
  settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'cancun' },
}
const testFiles = readdirSync(new URL(SOLIDITY_TESTS, import.meta.url)).filter((name) =>
  name.endsWith('.sol'),
)

export default defineConfig({
  plugins: [hardhatEthers, hardhatChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  paths: { tests: { mocha: 'test/contracts', solidity: SOLIDITY_TESTS } },
  solidity: {
    compilers: [registryCompiler],
    overrides: Object.fromEntries(
      testFiles.map((name) => [`${SOLIDITY_TESTS}/${name}`, testCompiler]),
    ),
  },
  test: {
    mocha: { timeout: 60_000, reporter: './test/support/reporter.ts' },
    solidity: {
      // Not 1, Hardhat's own: a contract that stored 1 for every time would pass there.
      blockTimestamp: 1_800_000_000n,
      fuzz: { runs: fuzzRuns, ...fuzzSeed },
      invariant: { runs: Math.ceil(fuzzRuns / 128), depth: 64, failOnRevert: true },
    },
  },
})
