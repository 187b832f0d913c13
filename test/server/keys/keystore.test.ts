import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { scrypt } from 'ethers'
import {
  KeystoreError,
  newKey,
  readKey,
  replaceKey,
  writeKey,
} from '../../../server/keys/keystore.ts'
import {
  newRecoveryCode,
  readRecoveryFile,
  writeRecoveryFile,
} from '../../../server/keys/recovery.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { FormatError, utf8 } from '../../../src/index.ts'

/** RFC 7914, section 12: passphrase, salt, N, r, p and the first 32 bytes. */
const STRETCHED = [
  [
    'password',
    'NaCl',
    1024,
    8,
    16,
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
  ],
  [
    'pleaseletmein',
    'SodiumChloride',
    16384,
    8,
    1,
    '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
  ],
] as const

describe('keys at rest', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-keys-'))
  })
  after(async () => {
    await rm(folder, { recursive: true })
  })

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => 'nothing thrown',
      (e: unknown) => e,
    )
    return error instanceof KeystoreError ? error.code : String(error)
  }

  it('come back from their file, which only their owner can read', async () => {
    const path = join(folder, 'a.json')
    const key = newKey()
    await writeKey(path, key, 'a long passphrase', 10)
    expect((await stat(path)).mode & 0o777).to.equal(0o600)
    expect(await readKey(path, 'a long passphrase')).to.deep.equal(key)
    const file = await readFile(path, 'utf8')
    expect(file).not.to.include(Buffer.from(key.secret).toString('hex'))
    expect(await readdir(folder)).to.deep.equal(['a.json'])
  })

  it('are refused with a wrong passphrase, an open mode, no file, another file', async () => {
    const path = join(folder, 'b.json')
    await writeKey(path, newKey(), 'a long passphrase', 10)
    expect(await codeOf(readKey(path, 'another passphrase'))).to.equal('wrong-passphrase')
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(path, mode)
      expect(await codeOf(readKey(path, 'a long passphrase'))).to.equal('readable-by-others')
    }
    expect(await codeOf(readKey(join(folder, 'c.json'), 'x'))).to.equal('missing')
    for (const text of ['', '{}', '{"crypto":{"kdfparams":{"n":4294967296}}}']) {
      await writeFile(join(folder, 'd.json'), text, { mode: 0o600 })
      expect(await codeOf(readKey(join(folder, 'd.json'), 'x'))).to.equal('not-a-keystore')
    }
    expect(await codeOf(writeKey(path, newKey(), 'short', 10))).to.equal('weak-passphrase')
  })

  it('are stretched as the standard says, whoever computes it', async () => {
    for (const [passphrase, salt, N, r, p, stretched] of STRETCHED) {
      expect(await scrypt(utf8(passphrase), utf8(salt), N, r, p, 32)).to.equal(`0x${stretched}`)
    }
  })

  it('are never written over', async () => {
    const path = join(folder, 'e.json')
    const key = newKey()
    await writeKey(path, key, 'a long passphrase', 10)
    const others = [1, 2].map(() => codeOf(writeKey(path, newKey(), 'a long passphrase', 10)))
    expect(await Promise.all(others)).to.deep.equal(['exists', 'exists'])
    expect(await readKey(path, 'a long passphrase')).to.deep.equal(key)
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([])
    await replaceKey(path, newKey(), 'a long passphrase', 10)
    expect(await readKey(path, 'a long passphrase')).not.to.deep.equal(key)
  })

  it('the recovery file opens with its code as people type it, and with no other', async () => {
    const path = join(folder, 'recovery.json')
    const key = newKey()
    const code = newRecoveryCode()
    expect(code).to.match(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    await writeRecoveryFile(path, key, code)
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(await readRecoveryFile(path, typed)).to.deep.equal(key)
    expect(await codeOf(readRecoveryFile(path, newRecoveryCode()))).to.equal('wrong-passphrase')
  })

  it('the vault opens what it sealed, in its place only, and finds equal texts', () => {
    const vault = vaultOf(newKey().secret)
    const sealed = vault.seal(utf8('Zoë'), 'batch-1/2')
    expect(Buffer.from(vault.open(sealed, 'batch-1/2')).toString()).to.equal('Zoë')
    expect(vault.seal(utf8('Zoë'), 'batch-1/2')).not.to.deep.equal(sealed)
    const flipped = Uint8Array.from(sealed, (byte, i) => (i === 14 ? byte ^ 1 : byte))
    for (const open of [
      () => vault.open(sealed, 'batch-1/3'),
      () => vault.open(flipped, 'batch-1/2'),
      () => vaultOf(newKey().secret).open(sealed, 'batch-1/2'),
      () => vault.open(sealed.subarray(0, 20), 'batch-1/2'),
    ]) {
      expect(open).to.throw(FormatError)
    }
    expect(vault.tag('a@x', 'email')).to.deep.equal(vault.tag('a@x', 'email'))
    expect(vault.tag('a@x', 'email')).not.to.deep.equal(vault.tag('a@x', 'externalId'))
    expect(vault.tag('a@x', 'email')).not.to.deep.equal(
      vaultOf(newKey().secret).tag('a@x', 'email'),
    )
  })
})
