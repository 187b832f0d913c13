/** A data folder's `inaltera.json`, parsed once: one typed value, or an error that names the member. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  FormatError,
  parseAddress,
  parseHash32,
  parseHome,
  parseJson,
  parseLinkBase,
  parseShape,
} from '../src/index.ts'
import type { Address, Hash32, Home } from '../src/index.ts'

/** The configuration cannot be used; `member` is its JSON path or the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code: 'missing' | 'exists' | 'invalid'
  readonly member: string

  constructor(code: ConfigError['code'], member: string, message: string) {
    super(message)
    this.code = code
    this.member = member
  }
}

export type ChainConfig =
  | { readonly kind: 'embedded'; readonly port: number }
  | { readonly kind: 'rpc'; readonly url: string; readonly network: 'main' | 'test' | 'local' }

export type Config = {
  readonly chain: ChainConfig
  readonly chainId: string
  readonly genesis: Hash32
  readonly home: Home
  readonly issuer: Address
  readonly operators: { readonly anchor: Address; readonly status: Address }
  /** The address of the master key, which no chain knows: it tells this folder's from another's. */
  readonly master: Address
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  /** Wei per gas. */
  readonly maxFeePerGas: bigint
}

const port = z.int().min(1).max(65_535)
const url = z.url({ protocol: /^https?$/ })
const schema = z.strictObject({
  inaltera: z.literal('config/1'),
  chain: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded'), port }),
    z.strictObject({ kind: z.literal('rpc'), url, network: z.enum(['main', 'test', 'local']) }),
  ]),
  genesis: z.string(),
  home: z.string(),
  issuer: z.string(),
  operators: z.strictObject({ anchor: z.string(), status: z.string() }),
  master: z.string(),
  server: z.strictObject({ host: z.string().min(1).max(253), port, publicUrl: url }),
  maxFeePerGasGwei: z.int().min(1).max(1_000_000).default(200),
})

export type ConfigFile = z.input<typeof schema>

export const CONFIG_FILE = 'inaltera.json'
const GWEI = 10n ** 9n

/** Reads the configuration of a data folder. Throws `ConfigError`. */
export async function readConfig(folder: string): Promise<Config> {
  const path = join(folder, CONFIG_FILE)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) {
    throw new ConfigError('missing', CONFIG_FILE, `there is no ${path}; run inaltera init first`)
  }
  try {
    return parseConfig(bytes)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ConfigError('invalid', error.field, `${CONFIG_FILE}: ${error.message}`)
  }
}

/** Throws `FormatError` naming the member. */
export function parseConfig(bytes: Uint8Array): Config {
  const data = parseShape(schema, parseJson(bytes))
  const home = parseHome(data.home, '/home')
  return {
    chain: data.chain,
    chainId: home.chainId,
    genesis: parseHash32(data.genesis, '/genesis'),
    home,
    issuer: parseAddress(data.issuer, '/issuer'),
    operators: {
      anchor: parseAddress(data.operators.anchor, '/operators/anchor'),
      status: parseAddress(data.operators.status, '/operators/status'),
    },
    master: parseAddress(data.master, '/master'),
    host: data.server.host,
    port: data.server.port,
    publicUrl: parseLinkBase(data.server.publicUrl, '/server/publicUrl'),
    maxFeePerGas: BigInt(data.maxFeePerGasGwei) * GWEI,
  }
}
