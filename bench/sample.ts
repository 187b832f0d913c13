/** Credentials as issuers make them, of 2 to 3 kB with six claims to hide, for benches that need no server and no chain. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  anchorSlot,
  canonicalBytes,
  certificateOf,
  claimDigest,
  commitmentOf,
  credentialOf,
  hexOf,
  operatorSlot,
  parseAddress,
  parseHome,
  parseJson,
  parsePolicy,
  parseTemplate,
  printCertificate,
  revokedWordSlot,
  saltsOf,
  sha256,
  splitCredential,
  suspendedWordSlot,
  treeOf,
  utf8,
} from '../src/index.ts'
import type {
  Certificate,
  Commitment,
  Credential,
  Evidence,
  Hash32,
  Json,
  JsonObject,
  Policy,
  Salts,
  Template,
} from '../src/index.ts'

export const HOME = parseHome(`eip155:31337:0x${'5a'.repeat(20)}`, 'home')
export const ISSUER = parseAddress(`0x${'1b'.repeat(20)}`, 'issuer')
const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'template.json')
/** What the example has beside what most issuers write: with it a credential has 8 kB. */
const MORE = [
  'assessment',
  'learningOutcomes',
  'participation',
  'qualityAssurance',
  'skills',
  'franceCompetences',
  'prerequisites',
  'furtherInformation',
  'stackability',
  'level',
]
const ANCHORED_AT = 1_790_000_000
const NOW = ANCHORED_AT + 86_400
const WORD = `0x${'0'.repeat(64)}` as Hash32

/** The example's template without what makes it long, and with one result: credentials of just under 3 kB. As its file is. */
export function sampleTemplateFile(): Uint8Array {
  const file = parseJson(readFileSync(EXAMPLE)) as JsonObject
  const kept = Object.fromEntries(Object.entries(file).filter(([name]) => !MORE.includes(name)))
  const { name, url, email, siret } = file['issuer'] as JsonObject
  const results = (file['results'] as readonly Json[]).slice(0, 1)
  const keys = results.map((result) => (result as JsonObject)['key'])
  const columns = (file['columns'] as readonly JsonObject[]).filter(
    ({ claim, result }) => claim !== 'result' || keys.includes(result),
  )
  return canonicalBytes({ ...kept, issuer: { name, url, email, siret }, results, columns })
}

export function sampleTemplate(): Template {
  return parseTemplate(parseJson(sampleTemplateFile()))
}

/** A row under the template's columns; no two are alike. */
export function sampleRow(at: number): Map<string, string> {
  const number = String(at).padStart(7, '0')
  return new Map([
    ['N° stagiaire', `A-2026-${number}`],
    ['Prénom', at % 2 === 0 ? 'Zoé' : 'Jean-Baptiste'],
    ['Nom', `L’Hôte ${number}`],
    ['Date de naissance', `0${1 + (at % 9)}/02/1999`],
    ['Courriel', `apprenant.${number}@courriel.example`],
    ['Date du jury', '12/06/2026'],
    ['Épreuve pratique /20', '15,5'],
  ])
}

/** The credential of a row that is known to be good. */
export function sampleCredential(template: Template, row: ReadonlyMap<string, string>): Credential {
  const made = credentialOf(template, row, {
    credentialId: `urn:uuid:${randomUUID()}`,
    subjectId: `urn:uuid:${randomUUID()}`,
    issuer: { chainId: HOME.chainId, address: ISSUER },
    issuedAt: '2026-06-15T08:00:00Z',
  })
  if ('rowErrors' in made) throw new Error(`not issued: ${JSON.stringify(made.rowErrors)}`)
  return made.credential
}

export type Drafted = {
  readonly credential: Credential
  readonly salts: Salts
  readonly commitment: Commitment
}

export function draftedOf(template: Template, credential: Credential, seed: Uint8Array): Drafted {
  const salts = saltsOf(seed, template.hidable)
  const { visible, claims } = splitCredential(credential, template.hidable)
  const digests = new Map(
    [...salts.byPointer].map(([pointer, salt]) => [
      pointer,
      claimDigest(salt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  const { salt } = salts
  const parts = { home: HOME.text, issuer: ISSUER, salt, credential: visible, digests }
  return { credential, salts, commitment: commitmentOf(parts) }
}

export type Sample = {
  readonly documents: readonly Uint8Array[]
  readonly certificates: readonly Certificate[]
  readonly policyFile: Uint8Array
  readonly policy: Policy
  /** What was seen of the chain when the batch was anchored: the same for every certificate of it. */
  readonly evidence: Evidence
  /** Seconds since 1970. */
  readonly now: number
}

/** Some certificates of a batch of `size`, the others being commitments alone. */
export function sampleBatch(count: number, size: number): Sample {
  const template = sampleTemplate()
  const drafts = Array.from({ length: count }, (_, at) =>
    draftedOf(template, sampleCredential(template, sampleRow(at)), sha256(utf8(`seed ${at}`))),
  )
  const rest = Array.from({ length: size - count }, (_, at) => hexOf(sha256(utf8(`other ${at}`))))
  const tree = treeOf([
    ...drafts.map(({ commitment }) => commitment),
    ...rest.map((hex) => hex as Commitment),
  ])
  const certificates = drafts.map(({ credential, salts }, index) =>
    certificateOf(credential, {
      home: HOME,
      issuer: ISSUER,
      root: tree.root,
      size,
      index,
      path: tree.pathOf(index),
      salt: salts.salt,
      disclosed: salts.byPointer,
      hidden: new Map(),
    }),
  )
  const policyFile = samplePolicy()
  return {
    certificates,
    documents: certificates.map(printCertificate),
    policyFile,
    policy: parsePolicy(policyFile),
    evidence: evidenceOf(certificates),
    now: NOW,
  }
}

function evidenceOf(certificates: readonly Certificate[]): Evidence {
  const [first] = certificates
  if (first === undefined) throw new Error('no certificate')
  const { issuer, root, size } = first
  const record = (BigInt(size) << 200n) | (BigInt(ANCHORED_AT) << 160n) | BigInt(issuer)
  const storage: Record<string, Hash32> = {
    [anchorSlot(issuer, root)]: `0x${record.toString(16).padStart(64, '0')}` as Hash32,
    [operatorSlot(issuer, issuer)]: WORD,
  }
  for (const { index } of certificates) {
    storage[revokedWordSlot(issuer, root, index)] = WORD
    storage[suspendedWordSlot(issuer, root, index)] = WORD
  }
  const block = { number: 100, hash: WORD, timestamp: NOW }
  return {
    home: HOME.text,
    chain: {
      observed: true,
      level: 'reported',
      block,
      finalized: { ...block, timestamp: NOW - 60 },
      storage,
      providers: [],
    },
    profile: null,
    accreditations: [],
    domains: [],
  }
}

/** As its file is. */
function samplePolicy(): Uint8Array {
  const registry = {
    home: HOME.text,
    genesis: WORD,
    codeHash: WORD,
    kind: 'local',
    finality: 'finalized',
    maxHeadAge: 3600,
    checkpoints: [],
  }
  const policy = {
    inaltera: 'policy/1',
    name: 'Bench',
    registries: [registry],
    providers: { [HOME.chainId]: ['http://127.0.0.1:1/'] },
    quorum: 1,
    level: 'reported',
    timeoutMs: 1000,
    issuers: [{ account: `eip155:${HOME.chainId}:${ISSUER}`, name: 'Bench' }],
    accreditors: [],
    domains: [],
    required: [],
  }
  return utf8(JSON.stringify(policy))
}
