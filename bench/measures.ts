/** What is measured, each a piece of work for a process of its own: so many items, and how long they took. */
import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { threadHands } from '../server/issuance/hands.ts'
import { openThreads } from '../server/issuance/threads.ts'
import { didPkh, invariant, treeOf } from '../src/index.ts'
import type { Commitment, Tree } from '../src/index.ts'
import { credentials, exampleTemplate, ISSUER } from './credentials.ts'
import { issueAll, verifyOffline } from './ours.ts'

/** How far the work came, for where it is not let end: the step, and how many of its items are done. */
export type Tell = (step: string, done: number) => void
/** Prepares for `size` items; what it gives does the work once, and is what the clock runs for. */
export type Measure = (size: number) => Promise<(tell: Tell) => unknown>

/** Paths at a time: as many as the store's own parts have. */
const PATHS = 256
const THREADS = 2

export const MEASURES: Readonly<Record<string, Measure>> = {
  'tree/inaltera': (size) => {
    const commitments = commitmentsOf(size)
    return Promise.resolve(() => {
      allPaths(treeOf(commitments))
    })
  },
  'tree/inaltera on 2 threads': async (size) => {
    const commitments = commitmentsOf(size)
    const threads = openThreads(THREADS)
    const hands = threadHands(threads, THREADS)
    // They start once for many batches.
    await hands.grow(commitmentsOf(100), () => Promise.resolve())
    return async () => {
      allPaths(await hands.grow(commitments, () => Promise.resolve()))
    }
  },
  'tree/merkletreejs': async (size) => {
    const { MerkleTree } = await import('merkletreejs')
    const { default: keccak256 } = await import('keccak256')
    const digests = Array.from({ length: size }, (_, at) => digestAt(at))
    return (tell) => {
      const leaves = digests.map((digest) => keccak256(digest))
      const tree = new MerkleTree(leaves, keccak256, { sortPairs: true })
      // Without the index each path is looked for from the start.
      for (const [at, leaf] of leaves.entries()) {
        tree.getProof(leaf, at)
        tell('paths', at)
      }
    }
  },
  'tree/openzeppelin': async (size) => {
    const { StandardMerkleTree } = await import('@openzeppelin/merkle-tree')
    const rows = Array.from({ length: size }, (_, at) => [String(at), commitmentAt(at)])
    return (tell) => {
      const tree = StandardMerkleTree.of(rows, ['uint256', 'bytes32'], { sortLeaves: false })
      for (let at = 0; at < size; at += 1) {
        tree.getProof(at)
        tell('paths', at)
      }
    }
  },
  'issue/inaltera': (size) => {
    const template = exampleTemplate()
    const batch = [...credentials(template, size)]
    return Promise.resolve(() => issueAll(template, batch))
  },
  'issue/open-attestation': async (size) => {
    const { wrapDocuments } = await import('@govtechsg/open-attestation')
    const documents = attestations(size)
    return () => wrapDocuments(documents)
  },
  'issue/digitalbazaar': async (size) => {
    const { signing } = await jsonLd()
    const batch = plainCredentials(size)
    return async (tell) => {
      for (const [at, credential] of batch.entries()) {
        await signing(credential)
        tell('signed', at)
      }
    }
  },
  'verify/inaltera': (size) => {
    const template = exampleTemplate()
    const documents = issueAll(template, [...credentials(template, size)])
    return Promise.resolve(() => {
      for (const document of documents) verifyOffline(document)
    })
  },
  'verify/open-attestation': async (size) => {
    const { verifySignature, wrapDocuments } = await import('@govtechsg/open-attestation')
    const wrapped = wrapDocuments(attestations(size))
    return (tell) => {
      for (const [at, one] of wrapped.entries()) {
        invariant(verifySignature(one), 'it verifies')
        tell('verified', at)
      }
    }
  },
  'verify/digitalbazaar': async (size) => {
    const { signing, verifying } = await jsonLd()
    const signed: object[] = []
    for (const credential of plainCredentials(size)) signed.push(await signing(credential))
    return async (tell) => {
      for (const [at, one] of signed.entries()) {
        await verifying(one)
        tell('verified', at)
      }
    }
  },
}

function commitmentsOf(size: number): Uint8Array {
  const commitments = new Uint8Array(32 * size)
  for (let at = 0; at < size; at += 1) commitments.set(digestAt(at), 32 * at)
  return commitments
}

function allPaths(tree: Tree): void {
  for (let from = 0; from < tree.size; from += PATHS) {
    tree.pathsOf(from, Math.min(from + PATHS, tree.size))
  }
}

function digestAt(at: number): Buffer {
  return createHash('sha256').update(String(at)).digest()
}

function commitmentAt(at: number): Commitment {
  return `0x${digestAt(at).toString('hex')}` as Commitment
}

function plainCredentials(size: number): Record<string, unknown>[] {
  const text = JSON.stringify([...credentials(exampleTemplate(), size)])
  return JSON.parse(text) as Record<string, unknown>[]
}

/** The same content under OpenAttestation's version 2, whose schema takes further members. */
function attestations(size: number): object[] {
  const location = 'school.example'
  const documentStore = '0x8Fc57204c35fb9317D91285eF52D6b892EC08cD3'
  const identityProof = { type: 'DNS-TXT', location }
  const issuers = [{ name: 'School', documentStore, identityProof }]
  return plainCredentials(size).map((credential) => ({ issuers, credential }))
}

const CONTEXTS = join(import.meta.dirname, '..', 'contexts')
const FILES: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.jsonld',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'ob-v3p0-context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json': 'ob-v3p0-extensions.json',
  'https://w3id.org/inaltera/v1': 'inaltera-v1.jsonld',
}

/** Signing and verifying by eddsa-rdfc-2022 over the same credentials, their contexts from this repository. */
async function jsonLd() {
  const vc = await import('@digitalbazaar/vc')
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity')
  const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')
  const { generate } = await import('@digitalbazaar/ed25519-multikey')
  const key = await generate()
  // Whoever signs is the credential's own issuer.
  key.controller = didPkh('31337', ISSUER)
  key.id = `${key.controller}#key`
  const known = new Map<string, unknown>(
    Object.entries(FILES).map(([url, file]) => [
      url,
      JSON.parse(readFileSync(join(CONTEXTS, file), 'utf8')),
    ]),
  )
  const multikey = 'https://w3id.org/security/multikey/v1'
  known.set(key.id, await key.export({ publicKey: true }))
  known.set(key.controller, {
    '@context': ['https://www.w3.org/ns/did/v1', multikey],
    id: key.controller,
    assertionMethod: [await key.export({ publicKey: true })],
  })
  const documentLoader = (url: string): Promise<object> => {
    const document = known.get(url)
    if (document === undefined) return Promise.reject(new Error(`no network: ${url}`))
    return Promise.resolve({ documentUrl: url, document })
  }
  const signing = (credential: object): Promise<object> => {
    const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite })
    return vc.issue({ credential: structuredClone(credential), suite, documentLoader })
  }
  const verifying = async (credential: object): Promise<void> => {
    const suite = new DataIntegrityProof({ cryptosuite })
    const { verified, error } = await vc.verifyCredential({ credential, suite, documentLoader })
    invariant(verified, `it verifies: ${JSON.stringify(error)}`)
  }
  return { signing, verifying }
}
