import type { Hash32 } from '../primitives/bytes.ts'
import type { Level } from '../primitives/codes.ts'
import { FormatError } from '../primitives/errors.ts'
import { accountOf } from '../primitives/account.ts'
import { REGISTRY_ADDRESS, REGISTRY_CODE_HASH } from './deployments.ts'

/**
 * The networks that need no study before they are used (docs/NETWORKS.md). Every fact is copied from the repository
 * named beside it; what could not be sourced is not here. Whom to ask on a network is the user's to say: no preset
 * holds a provider's address.
 */
export interface NetworkPreset {
  /** How configuration and pages call it: lower case and hyphens. */
  readonly key: string
  readonly name: string
  /** Decimal, without leading zeros. */
  readonly chainId: string
  /** Hash of block 0; `null` where every instance of the network begins anew. */
  readonly genesis: Hash32 | null
  readonly kind: 'main' | 'test' | 'local'
  /** The chain's own tag, or so many blocks below the head. */
  readonly finality: 'finalized' | number
  /** Seconds between blocks, when none is missed. */
  readonly blockTime: number
  /** Seconds after which a head says nothing of today: our choice, many blocks and some missed ones. */
  readonly maxHeadAge: number
  /** The best level that a verifier reaches where its providers serve `eth_getProof`. */
  readonly level: Level
  /**
   * Who could rewrite what a proof is checked against: the validators of a `base` chain together, a `rollup`'s
   * operator, the one who runs a `local` chain.
   */
  readonly layer: 'base' | 'rollup' | 'local'
  /** The month, `YYYY-MM`, for which its keepers announced its end; `null` where none is announced. */
  readonly endAnnounced: string | null
  readonly sources: readonly FactSource[]
}

/** Where a fact was read: a public repository on GitHub, a file (or issue) of it, and what to look for there. */
export interface FactSource {
  readonly fact: 'genesis' | 'chainId' | 'blockTime' | 'finality' | 'end'
  readonly repository: string
  readonly path: string
  readonly symbol: string
}

/** A registry of a policy file (SPEC section 7), as its JSON has it. */
export interface PolicyPin {
  readonly home: string
  readonly genesis: Hash32
  readonly codeHash: Hash32
  readonly kind: 'main' | 'test' | 'local'
  readonly finality: 'finalized' | number
  readonly maxHeadAge: number
  readonly checkpoints: readonly { readonly number: number; readonly hash: Hash32 }[]
}

/** What the public test networks have in common; one that differs says so. */
const PUBLIC_TEST = {
  kind: 'test',
  finality: 'finalized',
  maxHeadAge: 600,
  level: 'proven',
  layer: 'base',
  endAnnounced: null,
} as const

const GETH_PARAMS = { repository: 'ethereum/go-ethereum', path: 'params/config.go' }
const CHIADO = 'gnosischain/configs'
const BOR = '0xPolygon/bor'
const OP_SEPOLIA = {
  repository: 'ethereum-optimism/superchain-registry',
  path: 'superchain/configs/sepolia/op.toml',
}

/** Main network first, then test networks in the order in which we recommend them, the embedded chain last. */
export const NETWORKS: readonly NetworkPreset[] = [
  {
    key: 'ethereum',
    name: 'Ethereum',
    chainId: '1',
    genesis: '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3' as Hash32,
    kind: 'main',
    finality: 'finalized',
    blockTime: 12,
    maxHeadAge: 300,
    level: 'proven',
    layer: 'base',
    endAnnounced: null,
    sources: [
      { fact: 'genesis', ...GETH_PARAMS, symbol: 'MainnetGenesisHash' },
      { fact: 'chainId', ...GETH_PARAMS, symbol: 'MainnetChainConfig' },
      {
        fact: 'blockTime',
        repository: 'ethereum/consensus-specs',
        path: 'configs/mainnet.yaml',
        symbol: 'SECONDS_PER_SLOT',
      },
    ],
  },
  {
    ...PUBLIC_TEST,
    key: 'hoodi',
    name: 'Hoodi',
    chainId: '560048',
    genesis: '0xbbe312868b376a3001692a646dd2d7d1e4406380dfd86b98aa8a34d1557c971b' as Hash32,
    blockTime: 12,
    endAnnounced: '2028-12',
    sources: [
      { fact: 'genesis', ...GETH_PARAMS, symbol: 'HoodiGenesisHash' },
      { fact: 'chainId', ...GETH_PARAMS, symbol: 'HoodiChainConfig' },
      {
        fact: 'blockTime',
        repository: 'eth-clients/hoodi',
        path: 'metadata/config.yaml',
        symbol: 'SECONDS_PER_SLOT',
      },
      { fact: 'end', repository: 'eth-clients/hoodi', path: 'README.md', symbol: 'EOL' },
    ],
  },
  {
    ...PUBLIC_TEST,
    key: 'chiado',
    name: 'Gnosis Chiado',
    chainId: '10200',
    genesis: '0xada44fd8d2ecab8b08f256af07ad3e777f17fb434f8f8e678b312f576212ba9a' as Hash32,
    blockTime: 5,
    sources: [
      {
        fact: 'genesis',
        repository: 'erigontech/erigon',
        path: 'execution/chain/spec/config.go',
        symbol: 'Chiado',
      },
      { fact: 'chainId', repository: CHIADO, path: 'chiado/genesis.json', symbol: 'networkID' },
      {
        fact: 'blockTime',
        repository: CHIADO,
        path: 'chiado/config.yaml',
        symbol: 'SECONDS_PER_SLOT',
      },
    ],
  },
  {
    ...PUBLIC_TEST,
    key: 'amoy',
    name: 'Polygon Amoy',
    chainId: '80002',
    genesis: '0x7202b2b53c5a0836e773e319d18922cc756dd67432f9a1f65352b61f4406c697' as Hash32,
    blockTime: 2,
    sources: [
      { fact: 'genesis', repository: BOR, path: 'params/config.go', symbol: 'AmoyGenesisHash' },
      { fact: 'chainId', repository: BOR, path: 'params/config.go', symbol: 'AmoyChainConfig' },
      { fact: 'blockTime', repository: BOR, path: 'params/config.go', symbol: 'Period' },
      {
        fact: 'finality',
        repository: BOR,
        path: 'eth/api.go',
        symbol: 'getFinalizedBlockNumber',
      },
    ],
  },
  {
    ...PUBLIC_TEST,
    key: 'sepolia',
    name: 'Sepolia',
    chainId: '11155111',
    genesis: '0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9' as Hash32,
    blockTime: 12,
    endAnnounced: '2026-12',
    sources: [
      { fact: 'genesis', ...GETH_PARAMS, symbol: 'SepoliaGenesisHash' },
      { fact: 'chainId', ...GETH_PARAMS, symbol: 'SepoliaChainConfig' },
      {
        fact: 'blockTime',
        repository: 'eth-clients/sepolia',
        path: 'metadata/config.yaml',
        symbol: 'SECONDS_PER_SLOT',
      },
      { fact: 'end', repository: 'eth-clients/goerli', path: 'issues/136', symbol: 'EOL' },
    ],
  },
  {
    ...PUBLIC_TEST,
    key: 'op-sepolia',
    name: 'OP Sepolia',
    chainId: '11155420',
    genesis: '0x102de6ffb001480cc9b8b548fd05c34cd4f46ae4aa91759393db90ea0409887d' as Hash32,
    blockTime: 2,
    layer: 'rollup',
    sources: [
      { fact: 'genesis', ...OP_SEPOLIA, symbol: 'genesis.l2.hash' },
      { fact: 'chainId', ...OP_SEPOLIA, symbol: 'chain_id' },
      { fact: 'blockTime', ...OP_SEPOLIA, symbol: 'block_time' },
    ],
  },
  {
    key: 'embedded',
    name: 'Embedded chain',
    chainId: '31337',
    genesis: null,
    kind: 'local',
    finality: 'finalized',
    blockTime: 2,
    maxHeadAge: 120,
    level: 'proven',
    layer: 'local',
    endAnnounced: null,
    sources: [],
  },
]

/** The preset of a chain, by its decimal id. */
export function presetOfChain(chainId: string): NetworkPreset | undefined {
  return NETWORKS.find((network) => network.chainId === chainId)
}

/**
 * The pin of our registry on a network, ready to stand in a policy file.
 * @param genesis what a node calls the hash of its block 0; needed where the network has no one genesis
 * @throws FormatError `missing-member` where it is needed and not given; `wrong-value` where it is another network's
 */
export function policyPinOf(network: NetworkPreset, genesis?: Hash32): PolicyPin {
  const pinned = network.genesis ?? genesis
  if (pinned === undefined) {
    throw new FormatError('missing-member', 'genesis', `${network.name} has no one genesis`)
  }
  if (genesis !== undefined && genesis !== pinned) {
    throw new FormatError('wrong-value', 'genesis', `${genesis} is not that of ${network.name}`)
  }
  return {
    home: accountOf(network.chainId, REGISTRY_ADDRESS),
    genesis: pinned,
    codeHash: REGISTRY_CODE_HASH,
    kind: network.kind,
    finality: network.finality,
    maxHeadAge: network.maxHeadAge,
    checkpoints: [],
  }
}
