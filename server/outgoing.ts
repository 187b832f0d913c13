/** What leaves an issuer's certificates for others: letters, webhooks, links once more or replaced. */

import { accountOf, parsePolicy } from '../src/index.ts'
import type { Address, Language } from '../src/index.ts'
import type { IssuerConfig } from './config.ts'
import type { Engines } from './engines.ts'
import { IssuingError } from './issuance/errors.ts'
import { mailReport, mailStep, requestLinks, sendAgain, sendBatch } from './issuance/mail.ts'
import type { MailParts } from './issuance/mail.ts'
import { reseal } from './issuance/reseal.ts'
import { anchoredBatch, certificateOf } from './issuance/target.ts'
import type {
  EraseTarget,
  IssueRequest,
  LinkRequestReport,
  MailReport,
  ResealReport,
  ResealRequest,
} from './issuance/types.ts'
import { openVaults } from './keys/vaults.ts'
import type { Vaults } from './keys/vaults.ts'
import { domainOf } from './mail/smtp.ts'
import {
  createWebhook,
  listWebhooks,
  pingWebhook,
  redeliver,
  removeWebhook,
  webhookDeliveries,
  webhookStep,
} from './webhooks/service.ts'
import type { WebhookDelivery, WebhookEndpoint, WebhookParts } from './webhooks/service.ts'
import type { Step } from './worker.ts'

export type Outgoing = {
  /** Replaces a link that leaked; the old one is answered with `replaced` from then on. */
  reseal(request: ResealRequest): Promise<ResealReport>
  /**
   * The links of a batch leave as a file: noted before they do. Throws `IssuingError` `exported` where they did before,
   * unless `again` says that this is meant.
   */
  exportLinks(batchId: string, again?: boolean): Promise<void>
  readonly mail: MailOperations
  readonly webhooks: WebhookOperations
}

export type MailOperations = {
  /** Sends every learner of a batch their link once, as soon as the batch is final. */
  send(batchId: string, language?: Language): Promise<MailReport>
  /** Sends one link once more. */
  resend(target: EraseTarget, language?: Language): Promise<void>
  report(batchId: string): Promise<MailReport>
}

/** Of all issuers of the folder at once. */
export type LinkRequests = {
  /** For a learner who lost a link: the same answer whether anybody has the address or not. */
  requestLinks(address: string): Promise<LinkRequestReport>
  /** Hands over what is due, for a process that does not serve. Returns how much there was to do. */
  work(): Promise<number>
}

/** The secret of an endpoint is told once, when it is made. */
export type WebhookOperations = {
  create(request: {
    readonly url: string
    readonly events: readonly string[]
  }): Promise<WebhookEndpoint & { readonly secret: string }>
  list(): Promise<WebhookEndpoint[]>
  remove(id: string): Promise<void>
  ping(id: string): Promise<void>
  deliveries(id: string, limit?: number): Promise<WebhookDelivery[]>
  redeliver(id: string, delivery: string): Promise<void>
}

/** One issuer's own; another's batches are `not-found`. */
export function outgoingOperations(
  engines: Engines,
  { issuer }: IssuerConfig,
  actor: string,
): Outgoing {
  const { config, store, documents, journal, leaseMs } = engines
  const own = { store, issuer, actor, now: Date.now }
  return {
    reseal: async (request) => {
      if (request.mail === true) mailerOf(engines)
      const { vaultAt } = await vaultsFor(engines, issuer)
      const { publicUrl } = config
      return reseal({ ...own, documents, journal, vaultAt, publicUrl, leaseMs }, request)
    },
    exportLinks: async (batchId, again = false) => {
      await anchoredBatch(own, { batchId })
      if (await store.recordExport(batchId, again, Date.now(), { actor, issuer })) return
      throw new IssuingError('exported', `the links of batch ${batchId} left as a file before`)
    },
    mail: {
      send: async (batchId, language) => {
        mailerOf(engines)
        return sendBatch(own, batchId, language)
      },
      resend: async (target, language) => {
        mailerOf(engines)
        await sendAgain(own, await certificateOf(own, target), language)
      },
      report: (batchId) => mailReport(own, batchId),
    },
    webhooks: webhookOperations(engines, issuer, actor),
  }
}

/** Nothing is issued whose links could not be sent as asked. Throws `IssuingError`. */
export function refuseUnsendable(
  engines: Engines,
  { send, permanent }: Pick<IssueRequest, 'send' | 'permanent'>,
): void {
  if (send !== true) return
  mailerOf(engines)
  if (permanent !== true) return
  throw new IssuingError('permanent-by-mail', 'permanent links are handed out as a file')
}

/** What a server does behind its answers, as far as it is configured. Needs the keys. */
export function outgoingSteps(engines: Engines): Step[] {
  const webhooks = webhookParts(engines)
  const steps: Step[] = [{ name: 'webhooks', run: () => webhookStep(webhooks) }]
  if (engines.mailer === undefined) return steps
  const mail = mailParts(engines)
  return [...steps, { name: 'mail', run: () => mailStep(mail) }]
}

/**
 * Each issuer has tags of its own, so the request is kept for each: the same work whoever has the address. Throws
 * `IssuingError` `no-mail`, and `locked` without the passphrase.
 */
export async function requestFromAll(
  engines: Engines,
  address: string,
): Promise<LinkRequestReport> {
  mailerOf(engines)
  const { store, config } = engines
  const vaults: Vaults[] = []
  for (const { issuer } of config.issuers) vaults.push(await vaultsFor(engines, issuer))
  return requestLinks({ store, now: Date.now }, vaults, address)
}

export async function workOnMail(engines: Engines): Promise<number> {
  const mail = mailParts(engines)
  let letters = 0
  for (;;) {
    const done = await mailStep(mail)
    if (done === 0) return letters
    letters += done
  }
}

function webhookOperations(engines: Engines, issuer: Address, actor: string): WebhookOperations {
  const parts = { ...webhookParts(engines), actor }
  return {
    create: (request) => createWebhook(parts, issuer, request),
    list: () => listWebhooks(parts, issuer),
    remove: (id) => removeWebhook(parts, issuer, id),
    ping: (id) => pingWebhook(parts, issuer, id),
    deliveries: (id, limit) => webhookDeliveries(parts, issuer, id, limit),
    redeliver: (id, delivery) => redeliver(parts, issuer, id, delivery),
  }
}

async function vaultsFor({ keysOf, config }: Engines, wanted: string): Promise<Vaults> {
  const found = config.issuers.find(({ issuer }) => issuer === wanted)
  if (found === undefined) throw new IssuingError('no-such-issuer', `${wanted} is no issuer here`)
  const { issuer, masters } = found
  return openVaults(masters.length, (version) => keysOf(issuer)('master', version))
}

function webhookParts(engines: Engines): WebhookParts {
  const { store, internet } = engines
  return { store, internet, now: Date.now, vaultsFor: (issuer) => vaultsFor(engines, issuer) }
}

function mailParts(engines: Engines): MailParts {
  const { store, config, policy } = engines
  const { mailer, mail } = mailerOf(engines)
  const named = parsePolicy(policy).issuers
  return {
    store,
    mailer,
    vaultsFor: (issuer) => vaultsFor(engines, issuer),
    nameOf: (issuer) => {
      const found = config.issuers.find((one) => one.issuer === issuer)
      const account = found === undefined ? issuer : accountOf(config.chainId, found.issuer)
      return named.find((one) => one.account.text === account)?.name ?? account
    },
    publicUrl: config.publicUrl,
    now: Date.now,
    language: mail.language,
    domain: domainOf(mail.from),
  }
}

/** Throws `IssuingError` `no-mail` where no mail server is configured. */
function mailerOf({ mailer, config }: Engines): {
  readonly mailer: MailParts['mailer']
  readonly mail: NonNullable<Engines['config']['mail']>
} {
  const { mail } = config
  if (mailer !== undefined && mail !== undefined) return { mailer, mail }
  throw new IssuingError('no-mail', 'no mail server is configured (member mail of inaltera.json)')
}
