/** What this project does, without store and network: commit to credentials, grow their tree, print and verify certificates. */
import { randomBytes } from 'node:crypto'
import {
  certificateOf,
  claimDigest,
  commitmentOf,
  commitmentOfCertificate,
  invariant,
  parseCertificate,
  parseHome,
  pathLeadsTo,
  printCertificate,
  saltsOf,
  splitCredential,
  treeOf,
} from '../src/index.ts'
import type { Commitment, Credential, Salts, Template } from '../src/index.ts'
import { HOME, ISSUER } from './credentials.ts'

type Committed = {
  readonly credential: Credential
  readonly salts: Salts
  readonly commitment: Commitment
}

const home = parseHome(HOME, 'home')

/** The certificates of a batch, as their holders keep them. */
export function issueAll(template: Template, batch: readonly Credential[]): Uint8Array[] {
  const committed = batch.map((credential) => commit(template, credential))
  const tree = treeOf(committed.map(({ commitment }) => commitment))
  const { root, size } = tree
  return committed.map(({ credential, salts: { salt, byPointer } }, index) => {
    const path = tree.pathOf(index)
    const place = { home, issuer: ISSUER, root, size, index, path, salt }
    const proof = { ...place, disclosed: byPointer, hidden: new Map() }
    return printCertificate(certificateOf(credential, proof))
  })
}

function commit(template: Template, credential: Credential): Committed {
  const salts = saltsOf(new Uint8Array(randomBytes(32)), template.hidable)
  const { visible, claims } = splitCredential(credential, salts.byPointer.keys())
  const digests = new Map(
    [...salts.byPointer].map(([pointer, salt]) => [
      pointer,
      claimDigest(salt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  const asked = { home: home.text, issuer: ISSUER, salt: salts.salt, credential: visible, digests }
  return { credential, salts, commitment: commitmentOf(asked) }
}

/** What needs no chain: well formed, commitment recomputed, path to the root. */
export function verifyOffline(bytes: Uint8Array): void {
  const certificate = parseCertificate(bytes)
  const { root, size, index, path } = certificate
  const commitment = commitmentOfCertificate(certificate)
  invariant(pathLeadsTo({ root, size, index, commitment, path }), 'the path leads to the root')
}
