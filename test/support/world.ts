import {
  certificateOf,
  commitmentOfCertificate,
  gather,
  parseCredential,
  parseHome,
  parseInstant,
  parseJsonText,
  parsePointer,
  parsePolicy,
  REGISTRY_CODE_HASH,
  saltsOf,
  treeOf,
  utf8,
  verify,
} from '../../src/index.ts'
import type {
  Address,
  BatchRoot,
  Certificate,
  Evidence,
  Hash32,
  HidablePointer,
  Instant,
  Json,
  Policy,
  Verdict,
} from '../../src/index.ts'
import { addressFor, blockHash, bytesFor, Ledger } from './ledger.ts'
import { providerOf } from './provider.ts'

/** A fixed, invented registry on the embedded chain's id: golden vectors hold whatever the contract's address becomes. */
export const HOME = parseHome(`eip155:31337:${addressFor('registry')}`, 'home')
export const ISSUER = addressFor('issuer')
export const OPERATOR = addressFor('operator')
export const ACCREDITOR = addressFor('accreditor')
export const STRANGER = addressFor('stranger')

export const ANCHORED_AT = 1_781_500_000
export const HEAD_TIME = 1_781_600_000
export const NOW = parseInstant('2026-06-16T08:54:00Z', 'now')
export const GENESIS = blockHash(0)

export const POINTERS: readonly HidablePointer[] = [
  'birthDate',
  'email',
  'familyName',
  'givenName',
  'identifier',
  'result',
].map((name) => parsePointer(`/credentialSubject/${name}`, 'pointer'))

/** The identity of learner `i`, and nothing where a row leaves a cell empty: every third has no birth date. */
function claimsOf(i: number): Record<string, Json> {
  return {
    givenName: ['Ana', 'Zoë', '学', 'Δήμητρα'][i % 4] ?? 'Ana',
    familyName: `O'Neill-${i}`,
    email: `learner${i}@example.org`,
    ...(i % 3 === 0 ? {} : { birthDate: `199${i % 10}-04-0${(i % 9) + 1}` }),
  }
}

/** A credential of the batch, before anything is hidden. */
export function credentialJson(i: number, issuer: Address = ISSUER): Record<string, Json> {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      'https://w3id.org/inaltera/v1',
    ],
    id: `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Soudage TIG – niveau 1',
    issuer: {
      id: `did:pkh:eip155:${HOME.chainId}:${issuer}`,
      type: ['Profile'],
      name: 'Organisme Exemple',
    },
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2029-06-15T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      id: `urn:uuid:10000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      achievement: {
        id: 'https://issuer.example/achievements/tig-1',
        type: ['Achievement'],
        name: 'Soudage TIG – niveau 1',
        description: 'Réaliser un cordon TIG à plat.',
        criteria: { narrative: 'Épreuve pratique surveillée de 3 h.' },
      },
      ...claimsOf(i),
    },
  }
}

export interface Batch {
  readonly root: BatchRoot
  readonly size: number
  readonly certificates: readonly Certificate[]
}

/** Issues credentials of any content as one batch, the way SPEC sections 3 to 5 say. */
export function issueBatch(
  credentials: readonly Json[],
  { issuer = ISSUER, home = HOME, pointers = POINTERS, label = 'batch' } = {},
): Batch {
  const drafts = credentials.map((json, index) => {
    const salts = saltsOf(bytesFor(`${label} seed ${index}`), pointers)
    const proof = {
      home,
      issuer,
      root: `0x${'0'.repeat(64)}` as BatchRoot,
      size: credentials.length,
      index,
      path: [],
      salt: salts.salt,
      disclosed: salts.byPointer,
      hidden: new Map<HidablePointer, Hash32>(),
    }
    // Through text, as files come: what the parser refuses never gets here.
    return certificateOf(parseCredential(parseJsonText(JSON.stringify(json))), proof)
  })
  const tree = treeOf(drafts.map(commitmentOfCertificate))
  const certificates = drafts.map((draft) => ({
    ...draft,
    root: tree.root,
    path: tree.pathOf(draft.index),
  }))
  return { root: tree.root, size: tree.size, certificates }
}

/** The batch of seven that most tests look at. */
export const BATCH = issueBatch(Array.from({ length: 7 }, (_, i) => credentialJson(i)))

/** The registry as it stands for `BATCH`: anchored by the operator, nothing taken back. */
export function ledgerOf(batch: Batch = BATCH, issuer: Address = ISSUER): Ledger {
  return new Ledger().anchor(issuer, batch.root, {
    operator: OPERATOR,
    anchoredAt: ANCHORED_AT,
    size: batch.size,
  })
}

/** A policy file as JSON, `change` replacing members. */
export function policyJson(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    inaltera: 'policy/1',
    name: 'Test policy',
    registries: [
      {
        home: HOME.text,
        genesis: GENESIS,
        codeHash: REGISTRY_CODE_HASH,
        kind: 'local',
        finality: 'finalized',
        maxHeadAge: 3_600,
        checkpoints: [],
      },
    ],
    providers: { [HOME.chainId]: ['http://127.0.0.1:8545/'] },
    quorum: 1,
    level: 'reported',
    timeoutMs: 1_000,
    issuers: [{ account: `eip155:${HOME.chainId}:${ISSUER}`, name: 'Organisme Exemple (policy)' }],
    accreditors: [],
    domains: [],
    required: [],
    ...change,
  }
}

export function policyOf(change: Record<string, unknown> = {}): Policy {
  return parsePolicy(utf8(JSON.stringify(policyJson(change))))
}

/** Evidence that an honest provider with this storage would give. */
export async function evidenceOf(
  certificate: Certificate,
  ledger: Ledger = ledgerOf(),
  policy: Policy = policyOf(),
  hints: readonly (readonly [accreditor: Address, issuer: Address])[] = [],
): Promise<Evidence> {
  return gather(certificate, policy, {
    connect: () => providerOf(ledger, { headTime: HEAD_TIME, hints }),
    delay: () => new Promise(() => undefined),
  })
}

/** The whole way for one certificate. */
export async function judged(
  certificate: Certificate,
  {
    ledger = ledgerOf(),
    policy = policyOf(),
    now = NOW,
    asOf,
    hints = [],
  }: {
    ledger?: Ledger
    policy?: Policy
    now?: Instant
    asOf?: Instant
    hints?: readonly (readonly [accreditor: Address, issuer: Address])[]
  } = {},
): Promise<Verdict> {
  const evidence = await evidenceOf(certificate, ledger, policy, hints)
  return verify(certificate, evidence, policy, now, asOf)
}

/** A certificate of `BATCH`. */
export function certificateAt(index: number): Certificate {
  const certificate = BATCH.certificates[index]
  if (certificate === undefined) throw new Error(`the batch has no certificate ${index}`)
  return certificate
}
