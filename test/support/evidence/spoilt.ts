/** Bundles that are not what they say: slots left out, nodes that belong elsewhere, members that do not belong. */
import {
  accountOf,
  anchorSlot,
  hexOf,
  keccak256,
  operatorSlot,
  revokedWordSlot,
  suspendedWordSlot,
} from '../../../src/index.ts'
import { CHAIN_ID, policyJsonOn } from './chain.ts'
import { blockOf, invalid, undetermined, vector } from './material.ts'
import { flipped, proofOf, without, withProof } from './spoiling.ts'
import type { Material } from './material.ts'
import type { Json, Proof } from './spoiling.ts'
import type { EvidenceVector } from './judge.ts'

/** What is not there is never taken for zero. */
export function omissionVectors({ chain, early, named, absent }: Material): EvidenceVector[] {
  const { main, cast } = chain
  const status: string = revokedWordSlot(cast.issuer, main.root, 1)
  const suspension: string = suspendedWordSlot(cast.issuer, main.root, 1)
  const anchor: string = anchorSlot(cast.issuer, main.root)
  const leave = (slot: string) => (proof: Proof) => {
    proof.storage = proof.storage.filter((entry) => entry.slot !== slot)
  }
  const spoilt = (change: (proof: Proof) => void) => withProof(early, change)
  return [
    vector(
      chain,
      'omission',
      'The word that holds the revocation bit is left out.',
      spoilt(leave(status)),
      undetermined('status', 'evidence-missing'),
    ),
    vector(
      chain,
      'omission-suspension',
      'The word that holds the suspension bit is left out.',
      spoilt(leave(suspension)),
      undetermined('status', 'evidence-missing'),
    ),
    vector(
      chain,
      'omission-operator',
      'The record of the key that anchored is left out.',
      spoilt(leave(operatorSlot(cast.issuer, cast.operator))),
      undetermined('operator', 'evidence-missing'),
    ),
    vector(
      chain,
      'omission-anchor',
      'The anchor itself is left out.',
      spoilt(leave(anchor)),
      undetermined('anchor', 'evidence-missing'),
    ),
    vector(
      chain,
      'of-another-certificate',
      'Evidence of another batch of the same issuer.',
      { ...early, certificate: named['certificate'] },
      undetermined('anchor', 'evidence-missing'),
    ),
    vector(
      chain,
      'no-account',
      'Proven, at a block where the registry was not deployed yet.',
      absent,
      undetermined('anchor', 'registry-differs'),
    ),
  ]
}

/** Nodes that do not lead from the header to the word they stand for. */
export function proofVectors(material: Material): EvidenceVector[] {
  const { chain, early, late, proxyAccount } = material
  const broken = undetermined('anchor', 'proof-invalid')
  const status: string = revokedWordSlot(chain.cast.issuer, chain.main.root, 1)
  const anchor: string = anchorSlot(chain.cast.issuer, chain.main.root)
  const nodesOf = (slot: string) =>
    proofOf(early).storage.find((entry) => entry.slot === slot)?.nodes ?? []
  const withNodes = (slot: string, nodes: string[]) =>
    withProof(early, (proof) => {
      for (const entry of proof.storage) if (entry.slot === slot) entry.nodes = nodes
    })
  return [
    vector(
      chain,
      'wrong-slot',
      'The nodes of the anchor stand for the word of revocations.',
      withNodes(status, nodesOf(anchor)),
      broken,
    ),
    vector(
      chain,
      'other-account',
      'The account is that of the deployment proxy.',
      withProof(early, (proof) => {
        proof.account = [...proxyAccount]
      }),
      broken,
    ),
    vector(
      chain,
      'older-state',
      'Nodes of another block than the header’s.',
      { ...late, proofs: early['proofs'] },
      broken,
      { pinned: [late] },
    ),
    vector(
      chain,
      'changed-word',
      'One bit of the last node changed.',
      withNodes(anchor, flipped(nodesOf(anchor))),
      broken,
    ),
    vector(
      chain,
      'node-left-over',
      'A node too many.',
      withNodes(status, [...nodesOf(status), '0xc0']),
      broken,
    ),
    vector(
      chain,
      'node-left-out',
      'A node too few.',
      withNodes(anchor, nodesOf(anchor).slice(0, -1)),
      broken,
    ),
    vector(chain, 'no-nodes', 'Nothing to prove a zero.', withNodes(status, []), broken),
    ...codeVectors(chain, early, withNodes(anchor, flipped(nodesOf(anchor)))),
  ]
}

/** Whose policy pins another code hash: that is seen once all proofs hold. */
function codeVectors(chain: Material['chain'], sound: Json, changedWord: Json): EvidenceVector[] {
  const registries = policyJsonOn(chain, [blockOf(sound)])['registries'] as object[]
  const codeHash = hexOf(keccak256(new Uint8Array()))
  const otherCode = { change: { registries: registries.map((pin) => ({ ...pin, codeHash })) } }
  return [
    vector(
      chain,
      'changed-word-and-other-code',
      'One bit changed, and the code hash that the policy pins is another: proofs come first.',
      changedWord,
      undetermined('anchor', 'proof-invalid'),
      otherCode,
    ),
    vector(
      chain,
      'other-code',
      'All is proven, and the code hash that the policy pins is another.',
      sound,
      undetermined('anchor', 'registry-differs'),
      otherCode,
    ),
  ]
}

export function formVectors({ chain, early }: Material): EvidenceVector[] {
  const [first] = proofOf(early).storage
  const malformed = (id: string, comment: string, code: string, bundle: Json) =>
    vector(chain, id, comment, bundle, invalid('integrity', code), { pinned: [early] })
  return [
    malformed('policy-inside', 'A policy of its own.', 'unknown-member', {
      ...early,
      policy: policyJsonOn(chain, []),
    }),
    malformed('domains-inside', 'What domains are said to say.', 'unknown-member', {
      ...early,
      domains: [{ domain: 'school.example', accounts: [] }],
    }),
    malformed('no-header', 'Without a header.', 'missing-member', without(early, 'header')),
    malformed('header-upper-case', 'A header in capitals.', 'not-canonical-hex', {
      ...early,
      header: `0x${String(early['header']).slice(2).toUpperCase()}`,
    }),
    malformed(
      'slot-twice',
      'One slot proven twice.',
      'wrong-value',
      withProof(early, (proof) => {
        if (first !== undefined) proof.storage.push(first)
      }),
    ),
    malformed('foreign-context', 'Bytes that are not those of the context.', 'bad-context', {
      ...early,
      contexts: [{ url: 'https://w3id.org/inaltera/v1', content: 'e30' }],
    }),
    vector(
      chain,
      'other-home',
      'Evidence said to be of another registry.',
      { ...early, home: accountOf(CHAIN_ID, chain.cast.issuer) },
      undetermined('anchor', 'evidence-missing'),
      { pinned: [early] },
    ),
    vector(
      chain,
      'unknown-home',
      'A policy that lists no registry.',
      early,
      undetermined('anchor', 'unknown-home'),
      { change: { registries: [] } },
    ),
  ]
}
