/**
 * How often one may ask. Whoever shows a key counts by it, everyone else by address: an IPv6 network of 2^72 addresses
 * (/56, what one household gets) is one, and an IPv4 address written as IPv6 is that IPv4 address.
 */

import { isIPv6 } from 'node:net'
import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import ipaddr from 'ipaddr.js'
import type { RateClass } from '../routes/route.ts'
import { Refusal } from './problems.ts'

export type RateLimits = Readonly<Record<Exclude<RateClass, 'unlimited'> | 'failures', number>>

const WINDOW_MS = 60_000
const IPV6_PREFIX = 56

/** Requests a minute. `failures` are refused keys and tokens of one address. */
export const RATE_LIMITS: RateLimits = {
  default: 600,
  verify: 600,
  holder: 120,
  issue: 60,
  recovery: 5,
  failures: 60,
}

export type Limiter = (
  request: Request,
  response: Response,
  rate: RateClass,
  keyId: string | undefined,
) => Promise<void>

/** What of a network address counts as one client. */
export function clientOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown'
  const plain = ipaddr.process(address).toString()
  return isIPv6(plain) ? ipKeyGenerator(plain, IPV6_PREFIX) : plain
}

/** Counts in memory: of several processes each has its own counters. Throws `Refusal` `rate-limited`. */
export function limiterOf(limits: RateLimits): Limiter {
  const names = new WeakMap<Request, string>()
  const handlers = new Map<RateClass, RequestHandler>()
  for (const rate of ['default', 'verify', 'holder', 'issue', 'recovery'] as const) {
    handlers.set(
      rate,
      counterOf(rate, limits[rate], (request) => names.get(request) ?? 'unknown'),
    )
  }
  return async (request, response, rate, keyId) => {
    const handler = handlers.get(rate)
    if (handler === undefined) return
    names.set(request, keyId === undefined ? clientOf(request.ip) : `key ${keyId}`)
    await passed(handler, request, response)
  }
}

export type FailureLimiter = {
  /** Refuses an address that showed too many keys that do not count, before the next one is looked at. */
  refuse(request: Request): Promise<void>
  /** One more that does not count. */
  count(request: Request, response: Response): Promise<void>
}

export function failureLimiterOf(limit: number): FailureLimiter {
  const handler = rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => clientOf(request.ip),
    handler: refuse,
    validate: false,
  })
  return {
    refuse: async (request) => {
      const { totalHits = 0, resetTime } = (await handler.getKey(clientOf(request.ip))) ?? {}
      const left = (resetTime?.getTime() ?? 0) - Date.now()
      if (totalHits >= limit && left > 0) throw tooMany(Math.ceil(left / 1000))
    },
    count: (request, response) => passed(handler, request, response),
  }
}

function counterOf(
  identifier: string,
  limit: number,
  keyGenerator: (request: Request) => string,
): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    identifier,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator,
    handler: refuse,
    validate: false,
  })
}

function refuse(_request: Request, response: Response, next: (error: unknown) => void): void {
  const after = Number(response.getHeader('retry-after') ?? WINDOW_MS / 1000)
  next(tooMany(after))
}

function tooMany(after: number): Refusal {
  return new Refusal('rate-limited', 'too many requests', after)
}

function passed(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error === undefined) resolve()
      else reject(error instanceof Error ? error : new Error('a limiter failed'))
    }
    Promise.resolve(handler(request, response, next)).catch(reject)
  })
}
