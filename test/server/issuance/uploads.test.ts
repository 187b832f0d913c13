/** Defends the machine against more uploads at a time than it can take: whoever comes beyond is told to come again. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Refusal } from '../../../server/http/problems.ts'
import { queueOf } from '../../../server/http/queue.ts'
import { batchServiceOf } from '../../../server/issuance/batches.ts'
import type { BatchService } from '../../../server/issuance/batches.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { utf8 } from '../../../src/index.ts'
import { exampleTemplate } from '../folder.ts'

describe('uploads', () => {
  let folder = ''
  let service: BatchService
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-uploads-'))
    const none: Partial<IssuingParts> = {}
    service = batchServiceOf({
      parts: () => Promise.resolve(none as IssuingParts),
      refuse: () => undefined,
      spoolFolder: folder,
      uploads: queueOf({ running: 1, waiting: 0 }),
      queue: () => undefined,
    })
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are read so many at a time, the next one told when to come again, and nothing of any is left', async () => {
    const body = await exampleTemplate()
    const preview = (rows: AsyncIterable<Uint8Array>): ReturnType<BatchService['preview']> =>
      service.preview({ rows, format: 'csv', template: { body } }, 1)
    const { promise: goOn, resolve: finish } = Promise.withResolvers<undefined>()
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      yield utf8('Nom;')
      await goOn
      yield utf8('Autre\na;b\n')
    }
    const quick = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(utf8('Nom;Autre\nc;d\n'))
    }
    const first = preview(slow())
    const refused = await preview(quick()).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refused).to.be.instanceOf(Refusal).with.property('code', 'busy')
    finish(undefined)
    expect((await first).columns).to.deep.equal(['Nom', 'Autre'])
    expect((await preview(quick())).rows).to.have.length(1)
    expect(await readdir(folder)).to.deep.equal([])
  })
})
