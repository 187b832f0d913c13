/** Handing letters to a mail server over SMTP (RFC 5321), encrypted unless it is on this machine. */

import { createTransport } from 'nodemailer'
import type { MailConfig } from '../mail-config.ts'
import type { Letter } from './letter.ts'

/** What a mail server said of one letter. `later`: nobody said yes or no for good, or we do not know. */
export type Sent = {
  readonly kind: 'accepted' | 'refused' | 'later'
  /** Its answer, 200 to 599; undefined where there was none. */
  readonly code: number | undefined
}

export type MailPort = { send(letter: Letter): Promise<Sent> }

export type SmtpOptions = {
  readonly password: string | undefined
  /** Roots of trust in PEM; by default those of Node. */
  readonly ca?: string
  /** Milliseconds without an answer after which a connection is given up; default 10,000. */
  readonly patienceMs?: number
}

const PATIENCE_MS = 10_000
/** One letter takes no longer, so that a server that stops does so in time; whether it arrived is then not known. */
const LETTER_MS = 25_000
/** Where an answer is about this letter and its recipient; elsewhere it is about us. */
const OF_THE_LETTER = new Set(['RCPT TO', 'DATA'])

export function smtpMailer(
  config: MailConfig,
  { password, ca, patienceMs }: SmtpOptions,
): MailPort {
  const { host, port, tls, user, from, replyTo } = config
  const patience = patienceMs ?? PATIENCE_MS
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    name: domainOf(from),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    // A letter is what stands in it: no file and no page of this machine.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ to, fromName, subject, text, html, messageId }) => {
      try {
        const sending = transport.sendMail({
          from: { name: fromName, address: from },
          to: { name: '', address: to },
          ...(replyTo === undefined ? {} : { replyTo }),
          subject,
          text,
          html,
          messageId: `<${messageId}>`,
          envelope: { from, to },
          // No mail program answers a letter of a machine with one of its own (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        const info = await inTime(sending)
        return { kind: 'accepted', code: codeOfReply(info.response) }
      } catch (error) {
        return sentOf(error)
      }
    },
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the mail server takes too long'))
    }, LETTER_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

function sentOf(error: unknown): Sent {
  const { responseCode, command, code } = fieldsOf(error)
  const isOfTheLetter = command !== undefined && OF_THE_LETTER.has(command)
  if (responseCode !== undefined && responseCode >= 500 && isOfTheLetter) {
    return { kind: 'refused', code: responseCode }
  }
  // The client itself found that this address can be written to by nobody.
  if (code === 'EENVELOPE' && command === 'API') return { kind: 'refused', code: undefined }
  return { kind: 'later', code: responseCode }
}

function fieldsOf(error: unknown): { responseCode?: number; command?: string; code?: string } {
  if (!(error instanceof Error)) return {}
  const of = (name: string): unknown => Reflect.get(error, name)
  const [responseCode, command, code] = [of('responseCode'), of('command'), of('code')]
  return {
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
    ...(typeof command === 'string' ? { command } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

function codeOfReply(reply: string): number | undefined {
  const digits = /^[2-5]\d\d/.exec(reply)?.[0]
  return digits === undefined ? undefined : Number(digits)
}
