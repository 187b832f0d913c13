/** A server around a store of its own, with API keys of two issuers: the frame of the API without a chain. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppOptions } from '../../../server/app.ts'
import { SCOPES } from '../../../server/http/scopes.ts'
import type { Scope } from '../../../server/http/scopes.ts'
import type { RateLimits } from '../../../server/http/limits.ts'
import { logOf } from '../../../server/log.ts'
import type { RouteContext } from '../../../server/routes/context.ts'
import { startServer } from '../../../server/serve.ts'
import type { At, Served } from '../../../server/serve.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { routeContext } from './context.ts'

export const ISSUER = `0x${'a'.repeat(40)}`
export const OTHER_ISSUER = `0x${'b'.repeat(40)}`

export type TestServer = {
  readonly url: string
  readonly served: Served
  readonly store: Store
  readonly context: RouteContext
  /** Every line of the log, at its most talkative. */
  readonly lines: string[]
  /** The text of a new key. */
  key(more?: {
    readonly issuer?: string
    readonly scopes?: readonly Scope[]
    readonly expiresAt?: number
  }): Promise<string>
  remove(): Promise<void>
}

type More = Partial<Omit<AppOptions, 'context'>> & {
  readonly context?: Partial<RouteContext>
  readonly metricsAt?: At
}

/** Tests of other things ask more often than anyone may. */
const NO_LIMITS: RateLimits = {
  default: 1e6,
  verify: 1e6,
  holder: 1e6,
  issue: 1e6,
  recovery: 1e6,
  failures: 1e6,
}

export async function newServer({ context: parts, ...more }: More = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-routes-'))
  const store = openSqliteStore(join(folder, 'store.sqlite'))
  const context = routeContext(store, parts)
  const lines: string[] = []
  const log = logOf((line) => lines.push(line), 'trace')
  const at = { host: '127.0.0.1', port: 0 }
  const served = await startServer({ context, log, limits: NO_LIMITS, ...at, ...more })
  return {
    url: served.url,
    served,
    store,
    context,
    lines,
    key: async (wanted = {}) => {
      const { issuer = ISSUER, scopes = SCOPES, expiresAt = Date.now() + 3_600_000 } = wanted
      const request = { issuer, label: 'a test', scopes, expiresAt, by: 'cli' }
      return (await context.apiKeys.create(request)).text
    },
    remove: async () => {
      await served.close()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

export const bearer = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
})
