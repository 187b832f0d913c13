/** Sound bundles from a real chain, and the tools to spoil them. */
import { decodeRlp, encodeRlp, toBeHex } from 'ethers'
import { bundleOf, DEPLOYMENT_PROXY, parseHex, REGISTRY_ADDRESS } from '../../../src/index.ts'
import type { Certificate, Evidence } from '../../../src/index.ts'
import { instantOfSeconds, printInstant } from '../../../src/index.ts'
import { headerOfAnswer, headerOfRlp } from '../../../src/registry/header.ts'
import type { Batch } from '../world.ts'
import { accreditedOnly, policyJsonOn, policyOn } from './chain.ts'
import type { EvidenceChain } from './chain.ts'
import { proofOf } from './spoiling.ts'
import type { Json } from './spoiling.ts'
import type { EvidenceVector } from './judge.ts'

export type Expect = EvidenceVector['expect']

const NOW = '2026-06-20T00:00:00Z'
const TIMESTAMP = 11

export const VALID: Expect = { outcome: 'valid' }
export const undetermined = (check: string, code: string): Expect => ({
  outcome: 'undetermined',
  check,
  code,
})
export const invalid = (check: string, code: string): Expect => ({
  outcome: 'invalid',
  check,
  code,
})

export interface Material {
  readonly chain: EvidenceChain
  readonly early: Json
  readonly late: Json
  /** Of certificate 3, before and after it was revoked. */
  readonly before: Json
  readonly after: Json
  /** Of certificate 4, which is suspended. */
  readonly suspended: Json
  readonly named: Json
  readonly own: Json
  readonly accredited: Json
  /** Of a certificate whose batch was anchored in the very block that is proven. */
  readonly fresh: Json
  /** The registry's account proven absent, at the block before it was deployed. */
  readonly absent: Json
  /** Nodes of the deployment proxy's account, at the block of `early`. */
  readonly proxyAccount: readonly string[]
}

export async function materialOf(chain: EvidenceChain): Promise<Material> {
  const bundle = async (certificate: Certificate, change = {}): Promise<Json> =>
    bundleJson(certificate, await chain.look(certificate, policyOn(chain, change)))
  const early = await bundle(at(chain.main, 1))
  const before = await bundle(at(chain.main, 3))
  const named = await bundle(at(chain.named, 2))
  const own = await bundle(at(chain.own, 5))
  const accredited = await bundle(at(chain.main, 1), accreditedOnly(chain))
  const absent = { ...early, ...(await accountAlone(chain, REGISTRY_ADDRESS, 1)) }
  const proxy = await accountAlone(chain, DEPLOYMENT_PROXY, blockOf(early).number)
  await chain.takeBack()
  const late = await bundle(at(chain.main, 1))
  const after = await bundle(at(chain.main, 3))
  const suspended = await bundle(at(chain.main, 4))
  const batch = chain.batchOf('fresh')
  await chain.anchorNow(batch)
  const fresh = await bundle(at(batch, 0))
  const proxyAccount = proofOf(proxy).account
  return {
    chain,
    early,
    late,
    before,
    after,
    suspended,
    named,
    own,
    accredited,
    fresh,
    absent,
    proxyAccount,
  }
}

export interface Options {
  readonly asOf?: string
  /** Bundles whose block the policy pins; the one judged where not given. */
  readonly pinned?: readonly Json[]
  readonly checkpoints?: readonly { number: number; hash: string }[]
  readonly change?: Json
}

export function vector(
  chain: EvidenceChain,
  id: string,
  comment: string,
  bundle: Json,
  expect: Expect,
  { asOf, pinned = [bundle], checkpoints = pinned.map(blockOf), change = {} }: Options = {},
): EvidenceVector {
  const policy = policyJsonOn(chain, checkpoints, change)
  return { id, comment, bundle, policy, now: NOW, asOf: asOf ?? null, expect }
}

function bundleJson(certificate: Certificate, evidence: Evidence): Json {
  const bytes = bundleOf(certificate, evidence)
  if (bytes === undefined) throw new Error('the evidence makes no bundle')
  return JSON.parse(new TextDecoder().decode(bytes)) as Json
}

/** Header and account proof of an address at a block, as members of a bundle. */
async function accountAlone(
  { anvil: { rpc } }: EvidenceChain,
  address: string,
  number: number,
): Promise<Json> {
  const at = `0x${number.toString(16)}`
  const header = headerOfAnswer(await rpc('eth_getBlockByNumber', [at, false]), 'header')
  const { accountProof } = (await rpc('eth_getProof', [address, [], at])) as {
    accountProof: string[]
  }
  if (header?.rlp === undefined) throw new Error('the header does not hash')
  return { header: header.rlp, proofs: [{ kind: 'mpt', account: accountProof, storage: [] }] }
}

function at({ certificates }: Batch, index: number): Certificate {
  const certificate = certificates[index]
  if (certificate === undefined) throw new Error(`the batch has no certificate ${index}`)
  return certificate
}

/** Number and hash of the block whose state a bundle proves. */
export function blockOf(bundle: Json): { number: number; hash: string } {
  const { number, hash } = headerIn(bundle)
  return { number, hash }
}

/** A time so many seconds from that of a bundle's block. */
export function timeFrom(bundle: Json, seconds: number): string {
  return printInstant(instantOfSeconds(headerIn(bundle).timestamp + seconds))
}

function headerIn({ header }: Json): ReturnType<typeof headerOfRlp> {
  const text = String(header)
  return headerOfRlp(parseHex(text, (text.length - 2) / 2, 'header'))
}

/** A bundle's header with its time moved. */
export function movedHeader(bundle: Json, seconds: number): string {
  const items = decodeRlp(String(bundle['header'])) as string[]
  items[TIMESTAMP] = toBeHex(headerIn(bundle).timestamp + seconds)
  return encodeRlp(items)
}
