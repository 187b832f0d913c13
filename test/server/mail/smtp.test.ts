/** Defends how letters are handed over: what a mail server says of one is kept as it said it, and TLS is not given up. */
import { expect } from 'chai'
import { ConfigError, parseConfig } from '../../../server/config.ts'
import type { MailConfig } from '../../../server/mail-config.ts'
import { letterOf } from '../../../server/mail/letter.ts'
import type { Letter } from '../../../server/mail/letter.ts'
import { smtpMailer } from '../../../server/mail/smtp.ts'
import type { Sent } from '../../../server/mail/smtp.ts'
import { certificateFor } from '../../node/certificate.ts'
import { thrown } from '../../support/errors.ts'
import { cuttingProxy, openSink } from './sink.ts'
import type { Sink } from './sink.ts'

const letter: Letter = letterOf({
  id: 'a1',
  address: 'zoe@learners.example',
  learner: 'Zoé',
  issuer: 'École & <Métiers>',
  link: 'https://school.example/c/bcid#secret',
  purpose: 'issued',
  language: 'fr',
  domain: 'school.example',
  publicUrl: 'https://school.example',
})

describe('a mail server', () => {
  let sink: Sink
  beforeEach(async () => {
    sink = await openSink()
  })
  afterEach(() => sink.close())

  const configFor = (port: number, more: Partial<MailConfig> = {}): MailConfig => ({
    host: '127.0.0.1',
    port,
    tls: 'none',
    user: undefined,
    from: 'certificates@school.example',
    replyTo: 'office@school.example',
    language: 'fr',
    ...more,
  })
  const send = (port = sink.port, more: Partial<MailConfig> = {}, ca?: string): Promise<Sent> => {
    const options = { password: undefined, patienceMs: 1500, ...(ca === undefined ? {} : { ca }) }
    return smtpMailer(configFor(port, more), options).send(letter)
  }

  it('accepts a letter, which says who sends it, to whom, and that a machine wrote it', async () => {
    expect(await send()).to.deep.equal({ kind: 'accepted', code: 250 })
    const [got = ''] = sink.letters
    const [head = ''] = got.split('\r\n\r\n')
    expect(head).to.include('To: zoe@learners.example')
    expect(head).to.include('Reply-To: office@school.example')
    expect(head).to.include('<certificates@school.example>')
    expect(head).to.include('Message-ID: <a1@school.example>')
    expect(head).to.include('Auto-Submitted: auto-generated')
  })

  it('refuses a recipient or a letter for good, or for now', async () => {
    sink.answer = { recipient: 550 }
    expect(await send()).to.deep.equal({ kind: 'refused', code: 550 })
    sink.answer = { recipient: 451 }
    expect(await send()).to.deep.equal({ kind: 'later', code: 451 })
    sink.answer = { letter: 554 }
    expect(await send()).to.deep.equal({ kind: 'refused', code: 554 })
    sink.answer = { letter: 452 }
    expect(await send()).to.deep.equal({ kind: 'later', code: 452 })
    expect(sink.letters).to.deep.equal([])
  })

  it('that cannot be reached, or goes away after the letter, leaves it to be tried again', async () => {
    const proxy = await cuttingProxy(sink.port)
    try {
      expect(await send(proxy.port)).to.deep.equal({ kind: 'later', code: undefined })
      // It did arrive: the next attempt has the same Message-ID, by which it is known as the same.
      expect(sink.letters).to.have.length(1)
    } finally {
      await proxy.close()
    }
    expect(await send(proxy.port)).to.deep.equal({ kind: 'later', code: undefined })
  })

  it('gets nothing where it does not encrypt, or by a certificate that is not its own', async () => {
    expect(await send(sink.port, { tls: 'starttls' })).to.include({ kind: 'later' })
    expect(sink.letters).to.deep.equal([])
    const own = certificateFor('localhost')
    const safe = await openSink({ key: own.key, cert: own.cert })
    try {
      const named = { tls: 'starttls', host: 'localhost' } as const
      expect(await send(safe.port, named)).to.include({ kind: 'later' })
      expect(safe.letters).to.deep.equal([])
      expect(await send(safe.port, named, own.cert)).to.include({ kind: 'accepted' })
      const other = certificateFor('other.example').cert
      expect(await send(safe.port, named, other)).to.include({ kind: 'later' })
      expect(safe.letters).to.have.length(1)
    } finally {
      await safe.close()
    }
  })
})

describe('the configuration of mail', () => {
  const parse = (mail: unknown): unknown => {
    const [hash, address] = [`0x${'1'.repeat(64)}`, `0x${'2'.repeat(40)}`]
    const file = {
      inaltera: 'config/1',
      chain: { kind: 'rpc', url: 'https://rpc.example', network: 'test' },
      genesis: hash,
      home: `eip155:1:${address}`,
      issuer: address,
      operators: { anchor: address, status: address },
      master: address,
      server: { host: '127.0.0.1', port: 8080, publicUrl: 'https://school.example' },
      mail,
    }
    return parseConfig(new TextEncoder().encode(JSON.stringify(file))).mail
  }

  it('asks for TLS by default, and does without on this machine alone', async () => {
    const mail = { host: 'smtp.school.example', port: 587, from: 'a@school.example' }
    expect(parse(mail)).to.include({ tls: 'starttls', language: 'fr' })
    expect(parse({ ...mail, host: '127.0.0.1', tls: 'none' })).to.include({ tls: 'none' })
    const open = await thrown(Promise.resolve().then(() => parse({ ...mail, tls: 'none' })))
    expect(open).to.be.instanceOf(ConfigError).and.to.include({ member: '/mail/tls' })
  })

  it('takes one address as the sender, no header and no password', () => {
    const mail = { host: 'smtp.school.example', port: 587, from: 'a@school.example' }
    const bad = [
      { ...mail, from: 'a@school.example\r\nBcc: b@other.example' },
      { ...mail, from: 'School <a@school.example>' },
      { ...mail, replyTo: 'a@school.example, b@other.example' },
      { ...mail, password: 'secret' },
      { ...mail, host: 'smtp.school.example/path' },
    ]
    for (const one of bad) expect(() => parse(one), JSON.stringify(one)).to.throw()
  })
})
