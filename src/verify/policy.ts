import * as z from 'zod'
import { parseAccount, parseHome } from '../primitives/account.ts'
import type { Account, Home } from '../primitives/account.ts'
import { hexOf, parseHash32 } from '../primitives/bytes.ts'
import type { Hash32 } from '../primitives/bytes.ts'
import { LEVELS } from '../primitives/codes.ts'
import type { Level } from '../primitives/codes.ts'
import { FormatError } from '../primitives/errors.ts'
import { sha256 } from '../primitives/hash.ts'
import { parseJson } from '../primitives/json.ts'
import { parseShape } from '../primitives/shape.ts'
import { parseInstant } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import { parsePointer } from '../credential/pointer.ts'
import type { HidablePointer } from '../credential/pointer.ts'

/** What a verifier pins of one registry; anything that differs from it is not that registry. */
export interface RegistryPin {
  readonly home: Home
  readonly genesis: Hash32
  readonly codeHash: Hash32
  readonly kind: 'main' | 'test' | 'local'
  /** The chain's own tag, or so many blocks below the head. */
  readonly finality: 'finalized' | number
  /** Seconds; an older head says nothing of today. */
  readonly maxHeadAge: number
  readonly checkpoints: readonly { readonly number: number; readonly hash: Hash32 }[]
}

export interface TrustedIssuer {
  readonly account: Account
  readonly name: string
  readonly from: Instant | undefined
  readonly until: Instant | undefined
}

/** Whom a verifier trusts, and how far it goes to find out. */
export interface Policy {
  readonly name: string
  /** SHA-256 of the file's bytes. */
  readonly digest: Hash32
  readonly registries: readonly RegistryPin[]
  /** RPC addresses by decimal chain id. */
  readonly providers: ReadonlyMap<string, readonly string[]>
  readonly quorum: number
  readonly level: Level
  readonly timeoutMs: number
  readonly issuers: readonly TrustedIssuer[]
  readonly accreditors: readonly { readonly account: Account; readonly name: string }[]
  readonly domains: readonly string[]
  readonly resolver: string | undefined
  readonly required: readonly HidablePointer[]
  /** Homes whose network ended; judging them from a snapshot is not supported yet. */
  readonly endedHomes: readonly string[]
}

const text = z.string().min(1).max(2_000)
const url = z.url({ protocol: /^https?$/ })
const domain = z
  .string()
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/)

const policySchema = z.strictObject({
  inaltera: z.literal('policy/1'),
  name: text,
  registries: z
    .array(
      z.strictObject({
        home: text,
        genesis: text,
        codeHash: text,
        kind: z.enum(['main', 'test', 'local']),
        finality: z.union([z.literal('finalized'), z.int().min(1).max(1_000_000)]),
        maxHeadAge: z.int().min(1).max(31_536_000),
        checkpoints: z.array(z.strictObject({ number: z.int().min(0), hash: text })).max(10_000),
      }),
    )
    .max(100),
  providers: z.record(z.string().regex(/^[1-9][0-9]*$/), z.array(url).max(32)),
  quorum: z.int().min(1).max(32),
  level: z.enum(LEVELS),
  timeoutMs: z.int().min(100).max(120_000),
  issuers: z
    .array(
      z.strictObject({ account: text, name: text, from: text.optional(), until: text.optional() }),
    )
    .max(100_000),
  accreditors: z.array(z.strictObject({ account: text, name: text })).max(1_000),
  domains: z.array(domain).max(1_000),
  resolver: url.optional(),
  required: z.array(text).max(64),
  succession: z.array(z.strictObject({ home: text, successor: text, snapshot: text })).optional(),
})

/**
 * Reads a policy file (SPEC section 7).
 * @throws FormatError naming the member that is wrong
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  const raw = parseShape(policySchema, parseJson(bytes))
  const registries = raw.registries.map((pin, position) =>
    registryPinOf(pin, `/registries/${position}`),
  )
  refuseTwice(
    registries.map((pin) => pin.home.text),
    '/registries',
  )
  // A provider listed twice would be a quorum of its own.
  for (const [chain, urls] of Object.entries(raw.providers)) refuseTwice(urls, `/providers/${chain}`)
  return {
    name: raw.name,
    digest: hexOf(sha256(bytes)) as Hash32,
    registries,
    providers: new Map(Object.entries(raw.providers)),
    quorum: raw.quorum,
    level: raw.level,
    timeoutMs: raw.timeoutMs,
    issuers: raw.issuers.map((issuer, position) => trustedIssuerOf(issuer, `/issuers/${position}`)),
    accreditors: raw.accreditors.map((accreditor, position) => ({
      account: parseAccount(accreditor.account, `/accreditors/${position}/account`),
      name: accreditor.name,
    })),
    domains: raw.domains,
    resolver: raw.resolver,
    required: raw.required.map((pointer, position) =>
      parsePointer(pointer, `/required/${position}`),
    ),
    endedHomes: (raw.succession ?? []).map(({ home }) => home),
  }
}

type RawRegistry = z.infer<typeof policySchema>['registries'][number]
type RawIssuer = z.infer<typeof policySchema>['issuers'][number]

function registryPinOf(pin: RawRegistry, field: string): RegistryPin {
  return {
    ...pin,
    home: parseHome(pin.home, `${field}/home`),
    genesis: parseHash32(pin.genesis, `${field}/genesis`),
    codeHash: parseHash32(pin.codeHash, `${field}/codeHash`),
    checkpoints: pin.checkpoints.map(({ number, hash }, position) => ({
      number,
      hash: parseHash32(hash, `${field}/checkpoints/${position}/hash`),
    })),
  }
}

function trustedIssuerOf(issuer: RawIssuer, field: string): TrustedIssuer {
  const { from, until } = issuer
  return {
    account: parseAccount(issuer.account, `${field}/account`),
    name: issuer.name,
    from: from === undefined ? undefined : parseInstant(from, `${field}/from`),
    until: until === undefined ? undefined : parseInstant(until, `${field}/until`),
  }
}

function refuseTwice(texts: readonly string[], field: string): void {
  const twice = texts.find((text, position) => texts.indexOf(text) !== position)
  if (twice !== undefined) throw new FormatError('wrong-value', field, `${twice} is listed twice`)
}
