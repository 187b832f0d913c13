/** What a forger can do without the issuer's keys: change a certificate, or anchor certificates of his own. */
import { randomBytes } from 'node:crypto'
import { JsonRpcProvider, Wallet } from 'ethers'
import { rpcOf } from '../node/rpc.ts'
import { fundLocally } from '../server/chain/deploy.ts'
import { registryOf } from '../server/chain/registry.ts'
import {
  certificateOf,
  commitmentOfCertificate,
  didPkh,
  hexOf,
  parseAddress,
  parseCertificate,
  parseCredential,
  parseJson,
  parseHash32,
  printCertificate,
  treeOf,
  utf8,
} from '../src/index.ts'
import type { BatchRoot, Certificate, Credential } from '../src/index.ts'

const SUBJECT = 'credentialSubject'

/** The same certificate with another learner's name in it. */
export function withAnotherName(bytes: Uint8Array, familyName: string): Uint8Array {
  const document = parseJson(bytes) as Readonly<Record<string, object>>
  const subject = { ...document[SUBJECT], familyName }
  return utf8(JSON.stringify({ ...document, [SUBJECT]: subject }))
}

export type Foreign = {
  /** Names its own issuer, under the school's name. */
  readonly sameName: Uint8Array
  /** Names the school itself as its issuer. */
  readonly impostor: Uint8Array
}

/** A stranger copies a certificate twice and anchors both in the same registry, as anybody may, as an issuer of his own. */
export async function issueAsStranger(bytes: Uint8Array, rpcUrl: string): Promise<Foreign> {
  const model = parseCertificate(bytes)
  const provider = new JsonRpcProvider(rpcUrl, undefined, { staticNetwork: true })
  try {
    const key = new Wallet(hexOf(randomBytes(32)), provider)
    const stranger = parseAddress(key.address.toLowerCase(), 'issuer')
    const own = { ...model, issuer: stranger, root: zeroRoot(), size: 2, path: [] }
    const id = didPkh(model.home.chainId, stranger)
    const drafts = [
      certificateOf(withIssuerId(model.credential, id), { ...own, index: 0 }),
      certificateOf(model.credential, { ...own, index: 1 }),
    ]
    const tree = treeOf(drafts.map(commitmentOfCertificate))
    const rpc = rpcOf(rpcUrl)
    await fundLocally(rpc, [stranger])
    const registry = registryOf(rpc, model.home.registry)
    const data = registry.encode('anchor', [stranger, tree.root, tree.size])
    const sent = await key.sendTransaction({ to: registry.address, data })
    await sent.wait()
    const [sameName, impostor] = drafts.map((draft) => inTree(draft, tree))
    if (sameName === undefined || impostor === undefined) throw new Error('two were made')
    return { sameName, impostor }
  } finally {
    provider.destroy()
  }
}

function inTree(draft: Certificate, tree: ReturnType<typeof treeOf>): Uint8Array {
  const { index } = draft
  return printCertificate({ ...draft, root: tree.root, path: tree.pathOf(index) })
}

function withIssuerId(credential: Credential, id: string): Credential {
  const document = parseJson(utf8(JSON.stringify(credential))) as Readonly<Record<string, object>>
  const issuer = { ...document['issuer'], id }
  return parseCredential(parseJson(utf8(JSON.stringify({ ...document, issuer }))))
}

/** Stands where the root comes once the tree is there; no commitment holds it. */
function zeroRoot(): BatchRoot {
  return parseHash32(`0x${'0'.repeat(64)}`, 'root') as BatchRoot
}
