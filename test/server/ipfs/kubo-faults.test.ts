import { rm } from 'node:fs/promises'
import { expect } from 'chai'
import type { Block } from '../../../server/ipfs/documents.ts'
import { UnavailableError } from '../../../src/index.ts'
import {
  blockOf,
  CERTIFICATES,
  codeOf,
  each,
  faultsOf,
  IN_CAR,
  MANIFEST,
  ROOT,
  storeBatch,
} from './documents.contract.ts'
import { unavailable, useKuboLab } from './kubo-lab.ts'

describe('documents where Kubo lies or fails', function () {
  this.timeout(60_000)
  const lab = useKuboLab()
  const [one, two] = CERTIFICATES as [Block, Block, Block]

  it('refuse a block that Kubo names otherwise, and one that it does not keep as given', async () => {
    const documents = await lab.open()
    const other = (body: Buffer): Buffer => Buffer.from(body.toString().replace(one.cid, two.cid))
    lab.proxy.fail({ kind: 'change', change: other }, 'block/put')
    expect(await unavailable(documents.put([one]))).to.equal('bad-answer')
    lab.proxy.reset()
    lab.proxy.fail({ kind: 'change', change: () => Buffer.from('onf') }, 'block/get')
    expect(await unavailable(documents.put([one]))).to.equal('bad-answer')
  })

  it('give no other bytes than those of the CID', async () => {
    const documents = await lab.open()
    await storeBatch(documents)
    await rm(lab.carPath(ROOT))
    for (const bytes of ['onf', '', 'one ']) {
      lab.proxy.fail({ kind: 'change', change: () => Buffer.from(bytes) }, 'block/get')
      expect(await codeOf(documents.get(one.cid))).to.equal(`damaged ${one.cid}`)
    }
  })

  it('do not count a batch as stored whose root was not pinned', async () => {
    const documents = await lab.open()
    await documents.put([...CERTIFICATES, ...MANIFEST.blocks])
    const refusal = JSON.stringify({ Message: 'pin: out of space', Code: 0, Type: 'error' })
    lab.proxy.fail({ kind: 'status', status: 500, body: refusal }, 'pin/add')
    expect(await unavailable(documents.writeCar(ROOT, each(IN_CAR)))).to.equal('bad-answer')
    lab.proxy.reset()
    await documents.writeCar(ROOT, each(IN_CAR))
    expect((await lab.pins())[ROOT]).to.equal('recursive')
  })

  it('wait for no call for ever, and say what became of it', async () => {
    const patient = await lab.open()
    const hasty = await lab.open({ timeoutMs: 200, pinMs: 200 })
    for (const [kind, code] of [
      ['hang', 'timeout'],
      ['reset', 'unreachable'],
      ['lost', 'unreachable'],
    ] as const) {
      // On a busy machine a call that succeeds may take as long as the hasty one waits.
      const documents = kind === 'hang' ? hasty : patient
      lab.proxy.fail({ kind })
      expect(await unavailable(documents.check())).to.equal(code)
      expect(await unavailable(documents.put([one]))).to.equal(code)
      expect(await unavailable(documents.get(one.cid))).to.equal(code)
      expect(await unavailable(documents.remove(one.cid, ROOT, IN_CAR))).to.equal(code)
      lab.proxy.reset()
      await patient.put([...CERTIFICATES, ...MANIFEST.blocks])
      lab.proxy.fail({ kind }, 'pin/add')
      expect(await unavailable(documents.writeCar(ROOT, each(IN_CAR)))).to.equal(code)
      lab.proxy.reset()
    }
    await patient.writeCar(ROOT, each(IN_CAR))
    expect(await faultsOf(patient)).to.deep.equal([])
  })

  it('search no network for a block that Kubo lacks', async () => {
    const absent = blockOf('absent')
    expect(await codeOf((await lab.open()).get(absent.cid))).to.equal(`missing ${absent.cid}`)
    expect(lab.proxy.calls.get('block/get')).to.equal(1)
  })

  it('say that a credential was refused, without saying it', async () => {
    lab.proxy.fail({ kind: 'status', status: 403, body: '403 - Access Denied' })
    const documents = await lab.open({ authorization: 'Bearer canary' })
    const error = await documents.get(one.cid).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(UnavailableError).with.property('code', 'refused')
    expect(String(error)).not.to.include('canary')
  })
})
