/** Defends the packing of drafts: what is unpacked is what was packed, byte for byte, or nothing. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes, canonicalText, InvariantError, utf8 } from '../../../src/index.ts'
import type { JsonObject } from '../../../src/index.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { frameOf, pack, parseFrame, printFrame, unpack } from '../../../server/issuance/frames.ts'
import type { Frame } from '../../../server/issuance/frames.ts'
import type { Progress } from '../../../server/issuance/types.ts'
import { credentialJson } from '../../support/world.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const CREDENTIAL = credentialJson(1)
const FRAME = frameOf(CREDENTIAL)

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
    const [frames, frameBytes, pages, drafts, bytes] = during.get('seal') ?? []
    expect([frames, drafts]).to.deep.equal([1, 600])
    expect(pages).to.be.within(200, 256)
    // With the frame in each it would be more.
    expect(Number(bytes) / 600).to.be.lessThan(Number(frameBytes))
    expect(kept(data.folder)).to.deep.equal([0, null, 0, null, null])
  })
})

/** How many batches have a frame, of how many bytes; how many pages there are, with how many drafts and bytes. */
function kept(folder: string): unknown[] {
  const database = new DatabaseSync(join(folder, 'store.sqlite'), { readOnly: true })
  const one = (sql: string): unknown[] => Object.values(database.prepare(sql).get() ?? {})
  try {
    return [
      ...one('SELECT count(*), sum(length(sealed)) FROM draft_frames'),
      ...one('SELECT count(*), sum(drafts), sum(length(sealed)) FROM draft_pages'),
    ]
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
  it('leaves what the template says to the frame, whatever a row says', () => {
    for (const subject of [{}, { email: 'a@b.example' }, { name: 'Zoé', result: [] }]) {
      const credential = {
        ...CREDENTIAL,
        id: 'urn:uuid:another',
        validFrom: '2027-01-01T00:00:00Z',
        credentialSubject: { ...Object(CREDENTIAL['credentialSubject']), ...subject } as JsonObject,
      }
      const bytes = canonicalBytes(credential)
      const packed = pack(bytes, FRAME)
      expect(packed.length).to.be.lessThan(bytes.length)
      expect(packed[0]).to.equal(0)
      expect(unpack(packed, FRAME)).to.deep.equal(bytes)
    }
  })

  it('has nothing in the frame that a row says', () => {
    const said = new Map(Object.entries(Object(CREDENTIAL['credentialSubject']) as JsonObject))
    said.delete('achievement')
    said.delete('type')
    expect([...said.keys()]).to.include.members(['familyName', 'email'])
    const frame = Buffer.from(printFrame(FRAME))
    for (const [name, value] of said) {
      expect(frame.includes(canonicalText(value ?? null)), name).to.equal(false)
    }
    for (const name of ['id', 'validFrom']) {
      expect(frame.includes(canonicalText(CREDENTIAL[name] ?? null)), name).to.equal(false)
    }
  })

  it('keeps whole what the frame does not fit, and what has a text too long for its length', () => {
    const others = [{ a: 1 }, { ...CREDENTIAL, description: 'x'.repeat(0x1_0000) }]
    for (const bytes of others.map(canonicalBytes)) {
      expect(pack(bytes, FRAME)).to.deep.equal(bytes)
      expect(unpack(bytes, FRAME)).to.deep.equal(bytes)
      expect(unpack(bytes, undefined)).to.deep.equal(bytes)
    }
  })

  it('gives back the same bytes, whatever the frame is', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 12, max: 3 })
    const texts = fc.array(bytes, { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 3 }), texts, fc.boolean(), (frame, around, fits) => {
        const text = around.flatMap((one, at) => [...one, ...((fits ? frame[at] : []) ?? [])])
        const credential = Uint8Array.from([0x7b, ...text])
        const packed = pack(credential, frame)
        if (fits) expect(packed[0]).to.equal(0)
        expect(unpack(packed, frame)).to.deep.equal(credential)
      }),
    )
  })

  it('writes the frame itself down', () => {
    const frames: Frame[] = [FRAME, [], [utf8(''), utf8('a')]]
    for (const frame of frames) {
      const parsed = parseFrame(printFrame(frame)).map((piece) => new Uint8Array(piece))
      expect(parsed).to.deep.equal(frame)
    }
  })

  it('refuses what was not packed with this frame', () => {
    const frame: Frame = [utf8('"a":'), utf8(',')]
    expect([...pack(utf8('{"a":1,}'), frame)]).to.deep.equal([
      0, 0, 1, 0x7b, 0, 1, 0x31, 0, 1, 0x7d,
    ])
    const torn = [
      [],
      [1, 0, 0, 0, 0, 0, 0],
      [0],
      [0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 9, 0x31, 0, 0, 0, 0],
      [0, 0, 3, 0x31, 0x31],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ]
    for (const bytes of torn) {
      const packed = Uint8Array.from(bytes)
      expect(() => unpack(packed, frame), String(bytes)).to.throw(InvariantError)
    }
    expect(() => unpack(Uint8Array.of(0, 0, 0), undefined)).to.throw(InvariantError)
  })
})
