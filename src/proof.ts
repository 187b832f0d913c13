import { parsePointer } from './credential/pointer.ts'
import type { HidablePointer } from './credential/pointer.ts'
import { MAX_PATH, MAX_SIZE } from './merkle/path.ts'
import { didPkh, parseAccount, parseHome } from './primitives/account.ts'
import type { Home } from './primitives/account.ts'
import { base64urlOf, parseBase64url, parseHash32, parseHex } from './primitives/bytes.ts'
import type { Address, BatchRoot, Hash32, Hex } from './primitives/bytes.ts'
import { FormatError } from './primitives/errors.ts'
import { canonicalBytes, readJson } from './primitives/json.ts'
import type { Json, JsonObject } from './primitives/json.ts'

/** The name of our proofs among the cryptosuites of W3C Data Integrity. */
export const CRYPTOSUITE = 'inaltera-merkle-2026'

/** What ties a credential to an anchor: the content of `proofValue`, and the issuer of `verificationMethod`. */
export interface Proof {
  readonly home: Home
  readonly issuer: Address
  readonly root: BatchRoot
  readonly size: number
  readonly index: number
  readonly path: readonly Hash32[]
  readonly salt: Hash32
  /** The salt of each claim that shows (or whose absence shows). */
  readonly disclosed: ReadonlyMap<HidablePointer, Hex>
  /** The digest of each claim that its holder hides. */
  readonly hidden: ReadonlyMap<HidablePointer, Hash32>
}

const ENTRY_MEMBERS = ['type', 'cryptosuite', 'proofPurpose', 'verificationMethod', 'proofValue']
const VALUE_MEMBERS = ['home', 'root', 'size', 'index', 'path', 'salt', 'disclosed', 'hidden']

/**
 * Reads our entry of `proof` (SPEC section 5.2): exactly five members, and a `proofValue` of exactly eight that
 * re-encodes to the same text.
 * @throws FormatError with a field below `field`
 */
export function parseProofEntry(entry: JsonObject, field: string): Proof {
  exactMembers(entry, ENTRY_MEMBERS, field)
  expectValue(entry, 'type', 'DataIntegrityProof', field)
  expectValue(entry, 'proofPurpose', 'assertionMethod', field)
  const value = parseProofValue(entry['proofValue'], `${field}/proofValue`)
  const issuer = parseVerificationMethod(entry['verificationMethod'], value.home, field)
  return { ...value, issuer }
}

/** Our entry of the `proof` array. */
export function proofEntryOf(proof: Proof): JsonObject {
  const { root, size, index, path, salt, disclosed, hidden } = proof
  const home = proof.home.text
  const value = canonicalBytes(
    proofValueOf({ home, root, size, index, path: [...path], salt, disclosed, hidden }),
  )
  return proofEntry(proof, `u${base64urlOf(value)}`)
}

/** The entry around a proof's value. */
export function proofEntry(
  { home, issuer }: Pick<Proof, 'home' | 'issuer'>,
  proofValue: string,
): JsonObject {
  return {
    type: 'DataIntegrityProof',
    cryptosuite: CRYPTOSUITE,
    proofPurpose: 'assertionMethod',
    verificationMethod: `${didPkh(home.chainId, issuer)}#blockchainAccountId`,
    proofValue,
  }
}

/** The JSON inside `proofValue`; `index`, `path` and salts are as they stand there, or holes. */
export function proofValueOf(value: {
  readonly home: string
  readonly root: BatchRoot
  readonly size: number
  readonly index: Json
  readonly path: Json
  readonly salt: string
  readonly disclosed: ReadonlyMap<HidablePointer, string>
  readonly hidden: ReadonlyMap<HidablePointer, string>
}): JsonObject {
  const disclosed = Object.fromEntries(value.disclosed)
  return { ...value, disclosed, hidden: Object.fromEntries(value.hidden) }
}

function parseProofValue(text: Json | undefined, field: string): Omit<Proof, 'issuer'> {
  if (typeof text !== 'string') throw new FormatError('wrong-type', field, 'proofValue is a text')
  if (!text.startsWith('u')) {
    throw new FormatError('not-base64url', field, 'proofValue starts with the multibase letter u')
  }
  const bytes = parseBase64url(text.slice(1), field)
  const { json, isCanonical } = readJson(bytes)
  const value = objectAt(json, field)
  if (!isCanonical) {
    throw new FormatError('not-canonical', field, 'proofValue is not in canonical form')
  }
  exactMembers(value, VALUE_MEMBERS, field)
  return {
    home: parseHome(value['home'], `${field}/home`),
    root: parseHash32(value['root'], `${field}/root`) as BatchRoot,
    size: parseCount(value['size'], 1, `${field}/size`),
    index: parseCount(value['index'], 0, `${field}/index`),
    path: parsePath(value['path'], `${field}/path`),
    salt: parseHash32(value['salt'], `${field}/salt`),
    disclosed: parsePointers(value['disclosed'], 16, `${field}/disclosed`),
    hidden: parsePointers(value['hidden'], 32, `${field}/hidden`) as ReadonlyMap<
      HidablePointer,
      Hash32
    >,
  }
}

function parseVerificationMethod(json: Json | undefined, home: Home, field: string): Address {
  const at = `${field}/verificationMethod`
  if (typeof json !== 'string') throw new FormatError('wrong-type', at, 'not a text')
  const text = /^did:pkh:(.*)#blockchainAccountId$/.exec(json)?.[1]
  const account = parseAccount(text, at)
  if (json !== `${didPkh(home.chainId, account.address)}#blockchainAccountId`) {
    throw new FormatError('proof-mismatch', at, "the issuer's chain is not the chain of home")
  }
  return account.address
}

function parsePath(json: Json | undefined, field: string): Hash32[] {
  if (!Array.isArray(json)) throw new FormatError('wrong-type', field, 'path is an array')
  if (json.length > MAX_PATH) {
    throw new FormatError('path-too-long', field, `a path has at most ${MAX_PATH} hashes`)
  }
  return json.map((hash: Json, position) => parseHash32(hash, `${field}/${position}`))
}

function parsePointers(
  json: Json | undefined,
  byteLength: number,
  field: string,
): ReadonlyMap<HidablePointer, Hex> {
  const pointers = new Map<HidablePointer, Hex>()
  for (const [text, hex] of Object.entries(objectAt(json, field))) {
    const at = `${field}/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`
    pointers.set(parsePointer(text, at), parseHex(hex, byteLength, at))
  }
  return pointers
}

/** A whole number in the one spelling that strict JSON leaves it: 5, never "5", 0x5 or 5e0. */
function parseCount(json: Json | undefined, least: number, field: string): number {
  if (typeof json !== 'number') throw new FormatError('wrong-type', field, 'not a number')
  if (!Number.isInteger(json) || json < least || json > MAX_SIZE) {
    throw new FormatError('out-of-range', field, `not a whole number from ${least} to ${MAX_SIZE}`)
  }
  return json
}

function objectAt(json: Json | undefined, field: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new FormatError('wrong-type', field, 'not an object')
  }
  return json as JsonObject
}

function exactMembers(object: JsonObject, members: readonly string[], field: string): void {
  for (const name of Object.keys(object)) {
    if (!members.includes(name)) {
      throw new FormatError('unknown-member', `${field}/${name}`, `no member ${name} belongs here`)
    }
  }
  for (const name of members) {
    if (!Object.hasOwn(object, name)) {
      throw new FormatError('missing-member', `${field}/${name}`, `the member ${name} is missing`)
    }
  }
}

function expectValue(object: JsonObject, name: string, value: string, field: string): void {
  if (object[name] !== value) {
    throw new FormatError('wrong-value', `${field}/${name}`, `${name} is not ${value}`)
  }
}
