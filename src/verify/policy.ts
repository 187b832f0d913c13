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
import { compareInstants, parseInstant } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import { parsePointer } from '../credential/pointer.ts'
import type { HidablePointer } from '../credential/pointer.ts'
import { domain, text, url } from './policy-texts.ts'
import { headlineName } from './names.ts'

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

const policySchema = z.strictObject({
  inaltera: z.literal('policy/1'),
  name: headlineName,
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
  providers: z.record(z.string().regex(/^[1-9][0-9]{0,31}$/), z.array(url).max(32)),
  quorum: z.int().min(1).max(32),
  level: z.enum(LEVELS),
  timeoutMs: z.int().min(100).max(120_000),
  issuers: z
    .array(
      z.strictObject({
        account: text,
        name: headlineName,
        from: text.optional(),
        until: text.optional(),
      }),
    )
    .max(100_000),
  accreditors: z.array(z.strictObject({ account: text, name: headlineName })).max(1_000),
  domains: z.array(domain).max(1_000),
  resolver: url.startsWith('https:').optional(),
  required: z.array(text).max(64),
  succession: z
    .array(z.strictObject({ home: text, successor: text, snapshot: text }))
    .max(100)
    .optional(),
})

/**
 * Reads a policy file (SPEC section 7).
 * @throws FormatError naming the member that is wrong
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  const raw = parseShape(policySchema, parseJson(bytes))
  return {
    name: raw.name,
    digest: hexOf(sha256(bytes)) as Hash32,
    registries: registriesOf(raw.registries),
    providers: providersOf(raw.providers),
    quorum: raw.quorum,
    level: raw.level,
    timeoutMs: raw.timeoutMs,
    issuers: issuersOf(raw.issuers),
    accreditors: accreditorsOf(raw.accreditors),
    domains: domainsOf(raw.domains),
    resolver: raw.resolver,
    required: requiredOf(raw.required),
    endedHomes: endedHomesOf(raw.succession ?? []),
  }
}

type Raw = z.infer<typeof policySchema>
type RawRegistry = Raw['registries'][number]
type RawIssuer = Raw['issuers'][number]

function registriesOf(raw: readonly RawRegistry[]): RegistryPin[] {
  const pins = raw.map((pin, position) => registryPinOf(pin, `/registries/${position}`))
  refuseTwice(
    pins.map((pin) => pin.home.text),
    '/registries',
  )
  return pins
}

function registryPinOf(pin: RawRegistry, field: string): RegistryPin {
  const parsed = {
    ...pin,
    home: parseHome(pin.home, `${field}/home`),
    genesis: parseHash32(pin.genesis, `${field}/genesis`),
    codeHash: parseHash32(pin.codeHash, `${field}/codeHash`),
    checkpoints: pin.checkpoints.map(({ number, hash }, position) => ({
      number,
      hash: parseHash32(hash, `${field}/checkpoints/${position}/hash`),
    })),
  }
  // A chain has one block of a number.
  refuseTwice(
    pin.checkpoints.map(({ number }) => String(number)),
    `${field}/checkpoints`,
  )
  return parsed
}

function providersOf(raw: Raw['providers']): Policy['providers'] {
  // A provider listed twice would be a quorum of its own.
  for (const [chain, urls] of Object.entries(raw)) refuseTwice(urls, `/providers/${chain}`)
  return new Map(Object.entries(raw))
}

/** An account may stand there twice, under another name even, where no moment falls to both. */
function issuersOf(raw: readonly RawIssuer[]): TrustedIssuer[] {
  const issuers = raw.map((issuer, position) => trustedIssuerOf(issuer, `/issuers/${position}`))
  const placed = issuers.map((issuer, position) => ({ ...issuer, position }))
  const sorted = placed.sort(
    (a, b) => compareTexts(a.account.text, b.account.text) || compareStarts(a.from, b.from),
  )
  for (const [at, { account, from, position }] of sorted.entries()) {
    const before = sorted[at - 1]
    if (before?.account.text !== account.text) continue
    const { until } = before
    if (until === undefined || from === undefined || compareInstants(from, until) < 0) {
      const field = `/issuers/${Math.max(position, before.position)}`
      throw new FormatError('wrong-value', field, `${account.text} is listed twice at one time`)
    }
  }
  return issuers
}

function trustedIssuerOf({ account, name, ...period }: RawIssuer, field: string): TrustedIssuer {
  const timeAt = (end: 'from' | 'until'): Instant | undefined => {
    const time = period[end]
    return time === undefined ? undefined : parseInstant(time, `${field}/${end}`)
  }
  const [from, until] = [timeAt('from'), timeAt('until')]
  if (from !== undefined && until !== undefined && compareInstants(from, until) >= 0) {
    throw new FormatError('out-of-range', `${field}/until`, 'until is not after from')
  }
  return { account: parseAccount(account, `${field}/account`), name, from, until }
}

function accreditorsOf(raw: Raw['accreditors']): Policy['accreditors'] {
  const accreditors = raw.map(({ account, name }, position) => ({
    account: parseAccount(account, `/accreditors/${position}/account`),
    name,
  }))
  refuseTwice(
    accreditors.map(({ account }) => account.text),
    '/accreditors',
  )
  return accreditors
}

function domainsOf(domains: readonly string[]): readonly string[] {
  refuseTwice(domains, '/domains')
  return domains
}

function requiredOf(raw: readonly string[]): HidablePointer[] {
  const pointers = raw.map((pointer, position) => parsePointer(pointer, `/required/${position}`))
  refuseTwice(raw, '/required')
  return pointers
}

/** Homes whose network ended: what follows them is read, though nothing is judged from it yet. */
function endedHomesOf(raw: NonNullable<Raw['succession']>): string[] {
  const homes = raw.map(({ home, successor }, position) => {
    const field = `/succession/${position}`
    const ended = parseHome(home, `${field}/home`).text
    if (parseHome(successor, `${field}/successor`).text === ended) {
      throw new FormatError('wrong-value', `${field}/successor`, 'a home does not succeed itself')
    }
    return ended
  })
  refuseTwice(homes, '/succession')
  return homes
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** No start is before every start. */
function compareStarts(a: Instant | undefined, b: Instant | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  return compareInstants(a, b)
}

function refuseTwice(texts: readonly string[], field: string): void {
  const seen = new Set<string>()
  for (const text of texts) {
    if (seen.has(text)) throw new FormatError('wrong-value', field, `${text} is listed twice`)
    seen.add(text)
  }
}
