/** What each check looked at, in the order of its telling: plain facts first, then what only a machine compares. */
import {
  anchorSlot,
  commitmentOfCertificate,
  decodeAnchor,
  leafOf,
  operatorSlot,
  revokedWordSlot,
  suspendedWordSlot,
} from '../../src/index.ts'
import type { CheckName, Hash32, Verdict } from '../../src/index.ts'
import type { Judged } from '../engine/judge.ts'
import type { FactName } from './fact-names.words.ts'

export type Fact = {
  readonly name: FactName
  /** How it is shown: as text, as a time, as a day as written, as a number, or as something to compare and copy. */
  readonly as: 'text' | 'time' | 'day' | 'number' | 'exact'
  readonly value: string
}

/** Certificates that share a word of status. */
const BITS = 256

type Seen = Pick<Judged, 'document' | 'evidence' | 'verdict' | 'bytes'>
type Certificate = NonNullable<Judged['document']>['certificate']

/** A document that does not parse has no facts but its size. */
export function factsOf(name: CheckName, judged: Seen): readonly Fact[] {
  const { document, verdict } = judged
  const size = number('bytes', judged.bytes.length)
  if (document === undefined) return name === 'integrity' ? [size] : []
  const { certificate } = document
  const read = readerOf(judged)
  switch (name) {
    case 'integrity':
      return integrityFacts(certificate, size)
    case 'inclusion':
      return inclusionFacts(certificate)
    case 'anchor':
      return anchorFacts(certificate, verdict, read)
    case 'operator':
      return operatorFacts(certificate, read)
    case 'issuer':
      return issuerFacts(certificate, verdict)
    case 'status':
      return statusFacts(certificate, read)
    case 'validity':
      return validityFacts(certificate, verdict)
  }
}

function integrityFacts(certificate: Certificate, size: Fact): Fact[] {
  const { credential, disclosed, hidden, otherProofs } = certificate
  return [
    number('shownClaims', disclosed.size),
    number('hiddenClaims', hidden.size),
    ...(otherProofs.length === 0 ? [] : [number('otherProofs', otherProofs.length)]),
    size,
    ...(typeof credential['id'] === 'string' ? [exact('documentId', credential['id'])] : []),
  ]
}

function inclusionFacts(certificate: Certificate): Fact[] {
  const { index, size, path, root } = certificate
  const commitment = commitmentOfCertificate(certificate)
  return [
    number('index', index + 1),
    number('size', size),
    number('pathLength', path.length),
    exact('commitment', commitment),
    exact('leaf', leafOf(index, commitment)),
    exact('root', root),
  ]
}

function anchorFacts(certificate: Certificate, verdict: Verdict, read: Read): Fact[] {
  const { anchoredAt, block } = verdict
  return [
    ...(anchoredAt === null ? [] : [time('anchoredAt', anchoredAt)]),
    ...(block === null
      ? []
      : [
          number('blockNumber', block.number),
          time('blockTime', block.time),
          exact('blockHash', block.hash),
        ]),
    exact('home', certificate.home.text),
    ...slotFacts('anchorSlot', anchorSlot(certificate.issuer, certificate.root), read),
  ]
}

function operatorFacts(certificate: Certificate, read: Read): Fact[] {
  const { issuer, root } = certificate
  const own = slotFacts('issuerSlot', operatorSlot(issuer, issuer), read)
  const anchor = read(anchorSlot(issuer, root))
  if (anchor === undefined) return own
  const { operator } = decodeAnchor(anchor)
  const theirs = slotFacts('operatorSlot', operatorSlot(issuer, operator), read)
  return [exact('operator', operator), ...theirs, ...own]
}

function issuerFacts(certificate: Certificate, { issuer }: Verdict): Fact[] {
  const facts: Fact[] = []
  if (issuer !== null) {
    const { name, namedBy, domain, claimedName } = issuer
    if (name !== null) {
      facts.push(text(namedBy === 'accreditation' ? 'namedByAccreditor' : 'namedByPolicy', name))
    }
    if (domain !== null) facts.push(text('domain', domain))
    if (claimedName !== null) facts.push(text('claimedName', claimedName))
  }
  const id = certificate.credential['issuer']
  const stated = typeof id === 'object' && id !== null && 'id' in id ? id['id'] : id
  return [
    ...facts,
    exact('account', issuer?.account ?? certificate.issuer),
    ...(typeof stated === 'string' ? [exact('issuerId', stated)] : []),
  ]
}

function statusFacts({ issuer, root, index }: Certificate, read: Read): Fact[] {
  return [
    number('bit', index % BITS),
    ...slotFacts('revokedSlot', revokedWordSlot(issuer, root, index), read),
    ...slotFacts('suspendedSlot', suspendedWordSlot(issuer, root, index), read),
  ]
}

function validityFacts({ credential }: Certificate, { judgedAt, asOf }: Verdict): Fact[] {
  const { validFrom, validUntil } = credential
  return [
    ...(typeof validFrom === 'string'
      ? [{ name: 'from', as: 'day', value: validFrom } as const]
      : []),
    ...(typeof validUntil === 'string'
      ? [{ name: 'until', as: 'day', value: validUntil } as const]
      : []),
    time('judgedAt', judgedAt),
    ...(asOf === null ? [] : [time('asOf', asOf)]),
  ]
}

/** The word that was read at a slot. */
type Read = (slot: Hash32) => Hash32 | undefined

function readerOf({ evidence }: Seen): Read {
  const storage = evidence?.chain.observed === true ? evidence.chain.storage : {}
  return (slot) => (Object.hasOwn(storage, slot) ? storage[slot] : undefined)
}

function slotFacts(name: FactName, slot: Hash32, read: Read): Fact[] {
  const word = read(slot)
  return [exact(name, slot), ...(word === undefined ? [] : [exact('word', word)])]
}

function text(name: FactName, value: string): Fact {
  return { name, as: 'text', value }
}

function time(name: FactName, value: string): Fact {
  return { name, as: 'time', value }
}

function number(name: FactName, value: number): Fact {
  return { name, as: 'number', value: String(value) }
}

function exact(name: FactName, value: string): Fact {
  return { name, as: 'exact', value }
}
