/** Defends key files at their limits: no file from elsewhere exhausts the machine, no passphrase is too short. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { KeystoreError, newKey, readKey, writeKey } from '../../../server/keys/keystore.ts'

const PASSPHRASE = 'a long passphrase'

describe('what a key file costs', () => {
  let folder = ''
  let path = ''
  let honest = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-costs-'))
    path = join(folder, 'key.json')
    await writeKey(path, newKey(), PASSPHRASE, 10)
    honest = await readFile(path, 'utf8')
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

  /** What reading the file gives with one text in it replaced. */
  async function asked(from: string, to: string): Promise<string> {
    expect(honest).to.include(from)
    await writeFile(path, honest.replace(from, to))
    return codeOf(readKey(path, PASSPHRASE))
  }

  it('is capped, whatever the file hides it behind', async () => {
    expect(await asked('"n":1024', '"n":1024')).to.equal('nothing thrown')
    for (const costs of [
      '"n":2097152',
      '"n":1024,"N":2097152',
      '"n":1024,"\\u006e":2097152',
      '"n":"0x200000"',
      '"n":1024.5',
      '"n":-1024',
      '"n":null',
      '"m":1024',
    ]) {
      expect(await asked('"n":1024', costs), costs).to.equal('not-a-keystore')
    }
    expect(await asked('"version":3', '"version":3,"n":1')).to.equal('nothing thrown')
    await writeFile(path, honest.replace('{', '{"n":1,').replace('"n":1024', '"n":2097152'))
    expect(await codeOf(readKey(path, PASSPHRASE))).to.equal('not-a-keystore')
    expect(await asked('"r":8', '"r":9')).to.equal('not-a-keystore')
    expect(await asked('"p":1', '"p":17')).to.equal('not-a-keystore')
  })

  it('is paid for no passphrase of fewer than eight characters', async () => {
    const other = join(folder, 'other.json')
    expect(await codeOf(writeKey(other, newKey(), 'seven77', 10))).to.equal('weak-passphrase')
    expect(await codeOf(writeKey(other, newKey(), 'eight888', 10))).to.equal('nothing thrown')
  })
})
