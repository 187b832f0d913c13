/** Defends the packing of drafts: what is unpacked is what was packed, byte for byte, or nothing. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes, InvariantError, sharingPrinter, utf8 } from '../../../src/index.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { pack, parseMoulds, printMoulds, unpack } from '../../../server/issuance/moulds.ts'
import type { Mould } from '../../../server/issuance/moulds.ts'
import type { Progress } from '../../../server/issuance/types.ts'
import { credentialJson } from '../../support/world.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const CREDENTIALS = Array.from({ length: 8 }, (_, i) => ({
  ...credentialJson(i % 3),
  id: `urn:uuid:${i}`,
}))

function learned(): Mould[] {
  const print = sharingPrinter()
  for (const credential of CREDENTIALS) print(credential)
  return print.moulds()
}

describe('the drafts of a large batch', function () {
  this.timeout(120_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
  })
  after(() => data.remove())

  it('are kept without what they share, until the batch is anchored', async () => {
    const lender = lenderOf({ from: 100, count: 1 })
    const context = await data.open({ passphrase: PASSPHRASE, lender })
    await context.deploy()
    const rows = join(data.folder, 'rows.csv')
    await writeFile(rows, rowsFrom(await readFile(EXAMPLE_ROWS, 'utf8'), 600))
    const during = new Map<string, readonly unknown[]>()
    const onProgress = ({ step }: Progress): void => {
      if (!during.has(step)) during.set(step, kept(data.folder))
    }
    const template = await exampleTemplate()
    const { links } = await context.issue({ rows, template, onProgress, allowDuplicates: true })
    expect(links.length).to.equal(600)
    const [moulds, whole, packed] = during.get('store') ?? []
    expect(moulds).to.equal(1)
    expect(packed).to.be.lessThan(Number(whole) / 2)
    expect(kept(data.folder)).to.deep.equal([0, null, null])
  })
})

/** How many batches have moulds, and the length of the first draft, which is before them, and of the last. */
function kept(folder: string): unknown[] {
  const database = new DatabaseSync(join(folder, 'store.sqlite'), { readOnly: true })
  const one = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0]
  try {
    const lengths = ['ASC', 'DESC'].map((order) =>
      one(`SELECT (SELECT length(sealed) FROM draft_credentials ORDER BY row ${order} LIMIT 1)`),
    )
    return [one('SELECT count(*) FROM draft_moulds'), ...lengths]
  } finally {
    database.close()
  }
}

/** The lines of a file over and over, under its header. */
function rowsFrom(text: string, count: number): string {
  const [header = '', ...lines] = text.trimEnd().split('\n')
  return [header, ...Array.from({ length: count }, (_, at) => lines[at % lines.length])].join('\n')
}

describe('the packing of drafts', () => {
  it('leaves what the credentials of a batch share to their mould', () => {
    const moulds = learned()
    for (const credential of CREDENTIALS) {
      const bytes = canonicalBytes(credential)
      const packed = pack(bytes, moulds)
      expect(packed.length).to.be.lessThan(bytes.length / 2)
      expect(unpack(packed, moulds)).to.deep.equal(bytes)
    }
  })

  it('keeps whole what no mould fits, and what has a value too long for its length', () => {
    const others = [{ a: 1 }, { ...CREDENTIALS[0], id: 'x'.repeat(0x1_0000) }]
    for (const bytes of others.map(canonicalBytes)) {
      const packed = pack(bytes, learned())
      expect(packed).to.deep.equal(bytes)
      expect(unpack(packed, learned())).to.deep.equal(bytes)
    }
  })

  it('gives back the same bytes, whatever the moulds are', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 12, max: 3 })
    const moulds = fc.array(fc.array(bytes, { minLength: 1, maxLength: 4 }), { maxLength: 3 })
    fc.assert(
      fc.property(moulds, fc.array(bytes, { maxLength: 4 }), (mouldsOf, values) => {
        const [mould = [utf8('{')]] = mouldsOf
        const text = mould.flatMap((piece, at) => [...(values[at] ?? []), ...piece])
        const credential = Uint8Array.from([0x7b, ...text])
        expect(unpack(pack(credential, mouldsOf), mouldsOf)).to.deep.equal(credential)
      }),
    )
  })

  it('writes the moulds themselves down', () => {
    const moulds = [...learned(), [utf8('{'), utf8('}')], [utf8('')]]
    expect(parseMoulds(printMoulds(moulds))).to.deep.equal(
      moulds.map((mould) => mould.map((piece) => Buffer.from(piece))),
    )
  })

  it('refuses what was not packed with these moulds', () => {
    const moulds: Mould[] = [[utf8('{"a":'), utf8('}')]]
    const packed = pack(utf8('{"a":1}'), moulds)
    expect([...packed]).to.deep.equal([0, 0, 1, 0x31])
    const torn = [[], [1, 0, 1, 0x31], [0], [0, 0], [0, 0, 2, 0x31], [0, 0, 1, 0x31, 0x31]]
    for (const bytes of torn) {
      expect(() => unpack(Uint8Array.from(bytes), moulds), String(bytes)).to.throw(InvariantError)
    }
  })
})
