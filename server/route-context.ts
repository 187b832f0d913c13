/** What the routes work with, of what a data folder runs on. */

import { parsePolicy } from '../src/index.ts'
import { checkIdentity } from './chain/network.ts'
import type { Config } from './config.ts'
import type { Engines } from './engines.ts'
import { addGauges } from './gauges.ts'
import type { SignerKey } from './gauges.ts'
import { metricsOf } from './http/metrics.ts'
import { Refusal } from './http/problems.ts'
import { vaultOf } from './keys/vault.ts'
import type { Vault } from './keys/vault.ts'
import { requestFromAll } from './outgoing.ts'
import { pagesOf } from './pages.ts'
import { previewsOf } from './previews/previews.ts'
import { looksIn } from './profile/look.ts'
import { readinessOf } from './readiness.ts'
import type { RouteContext } from './routes/context.ts'
import { startServer } from './serve.ts'
import type { At, Served } from './serve.ts'
import { sharingOf } from './sharing.ts'
import { startCounter } from './tally.ts'
import type { Counter } from './tally.ts'

/** How often requests whose day is over, and sessions, are deleted. */
const PRUNE_MS = 60 * 60_000

/** Listens as the folder's configuration says, at `at`. Throws `UnavailableError` where a port is taken. */
export async function serveEngines(
  engines: Engines,
  at: At,
  as: RouteContext['as'],
  isUnlocked: boolean,
): Promise<Served> {
  const { config, log, store, sessions } = engines
  const counter = startCounter({ store, now: Date.now, log })
  const served = await startServer({
    context: routeContextOf(engines, as, isUnlocked, counter),
    log,
    trustProxy: config.trustProxy,
    metricsAt: config.metrics,
    ...at,
  })
  const prune = (): void => {
    // What fails is done at the next turn; that the store is away shows elsewhere.
    store.pruneRequests(Date.now()).catch(() => undefined)
    sessions.prune().catch(() => undefined)
  }
  prune()
  const timer = setInterval(prune, PRUNE_MS).unref()
  return {
    ...served,
    close: async () => {
      clearInterval(timer)
      await served.close()
      await counter.close()
    },
  }
}

/** `isUnlocked`: the passphrase is there, so that what a request holds can be tagged. */
function routeContextOf(
  engines: Engines,
  as: RouteContext['as'],
  isUnlocked: boolean,
  counter: Counter,
): RouteContext {
  const { config, store, documents, verifier, policy, rpc, identity, apiKeys, sessions } = engines
  const metrics = metricsOf()
  metrics.gauge({
    name: 'verifications',
    help: 'Observations of the chain that run, and verifications that wait for one',
    labels: ['state'],
    read: () =>
      Promise.resolve([
        { value: verifier.queue.running, labels: { state: 'running' } },
        { value: verifier.queue.waiting, labels: { state: 'waiting' } },
      ]),
  })
  const { maxFeePerGas, publicUrl } = config
  const parsed = parsePolicy(policy)
  const pages = pagesOf(parsed)
  const sharing = sharingOf({ store, verifier, now: Date.now, count: counter.count })
  addGauges(metrics, { rpc, store, keys: keysOf(config), maxFeePerGas, now: Date.now })
  return {
    store,
    documents,
    verifier,
    policy,
    pages,
    previews: previewsOf({
      sharing,
      verifier,
      pages,
      policy: parsed,
      lookOf: looksIn(store),
      publicUrl,
      now: Date.now,
    }),
    metrics,
    apiKeys,
    sessions,
    publicUrl,
    as,
    nameOf: namesIn(policy),
    counter,
    sharing,
    requestLinks: (address) => requestFromAll(engines, address),
    tagOf: isUnlocked
      ? async (issuer, text, kind) => (await vaultFor(engines, issuer)).tag(text, kind)
      : undefined,
    readiness: readinessOf({
      // A store that answers has its schema: it was brought forward when it was opened.
      store: () => store.auditLog({ limit: 1 }),
      chain: () => checkIdentity(rpc, identity),
      documents: () => documents.check(),
    }),
    now: Date.now,
  }
}

function namesIn(policy: Uint8Array): RouteContext['nameOf'] {
  const { issuers } = parsePolicy(policy)
  return (wanted) => issuers.find(({ account }) => account.text === wanted)?.name
}

async function vaultFor({ config, keysOf }: Engines, caller: string): Promise<Vault> {
  const found = config.issuers.find(({ issuer }) => issuer === caller)
  // A key that outlives its issuer's place in the folder.
  if (found === undefined) throw new Refusal('not-found', 'this server has no such issuer')
  return vaultOf((await keysOf(found.issuer)('master')).secret)
}

function keysOf({ issuers }: Config): SignerKey[] {
  return issuers.flatMap(({ issuer, operators }) => [
    { role: 'issuer', address: issuer },
    { role: 'anchor', address: operators.anchor },
    { role: 'status', address: operators.status },
  ])
}
