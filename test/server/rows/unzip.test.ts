/** Defends unpacking: no archive costs more than it may, and what is damaged or hidden in it is refused. */
import { crc32, deflateRawSync } from 'node:zlib'
import { expect } from 'chai'
import { unzip, zipStored } from '../../../server/rows/unzip.ts'
import type { Part } from '../../../server/rows/unzip.ts'
import { readRows, refusalsOf, workbook } from './files.ts'

const PARTS: readonly Part[] = [
  { name: 'a.xml', bytes: Buffer.from('<a>one</a>') },
  { name: 'b.xml', bytes: Buffer.from('<b>two</b>') },
]
/** Places in an entry of the directory (APPNOTE.TXT 4.3.12). */
const ENTRY = { flags: 8, method: 10, crc: 16, packed: 20, unpacked: 24, offset: 42 }

const all = (): boolean => true

function unzipped(archive: Buffer, maxUnpacked = 1000): string[] {
  return refusalsOf(() => unzip(archive, maxUnpacked, all))
}

/** Where the directory begins. */
function directoryOf(archive: Buffer): number {
  return archive.readUInt32LE(archive.length - 6)
}

function changed(change: (archive: Buffer, directory: number) => void): Buffer {
  const archive = zipStored(PARTS)
  change(archive, directoryOf(archive))
  return archive
}

describe('unpacking an archive', () => {
  it('gives back the parts that are wanted', () => {
    expect(unzip(zipStored(PARTS), 20, all)).to.deep.equal(PARTS)
    expect(unzip(zipStored(PARTS), 20, (name) => name === 'b.xml')).to.deep.equal(PARTS.slice(1))
    const commented = Buffer.concat([zipStored(PARTS), Buffer.from('hello')])
    commented.writeUInt16LE(5, commented.length - 7)
    expect(unzip(commented, 20, all)).to.deep.equal(PARTS)
  })

  it('refuses a byte more than it may unpack to, before unpacking any', () => {
    expect(unzipped(zipStored(PARTS), 20)).to.deep.equal([])
    expect(unzipped(zipStored(PARTS), 19)).to.deep.equal(['unpacked-too-large@0'])
  })

  it('refuses a bomb, and one that announces less than it holds', async () => {
    const zeros = Buffer.alloc(3_000_000)
    const bomb = deflated(zeros, zeros.length)
    for (const archive of [bomb, deflated(zeros, 1000)]) {
      expect(unzipped(archive, 2_000_000)).to.deep.equal(['unpacked-too-large@0'])
    }
    expect((await readRows(bomb, { unpackedBytes: 2_999_999 })).problems).to.deep.equal([
      'unpacked-too-large@0',
    ])
    // Within the cap it is unpacked, and holds no sheet.
    expect((await readRows(bomb, { unpackedBytes: 3_000_000 })).problems).to.deep.equal([
      'not-xlsx@0',
    ])
    const text = Buffer.from('abc')
    expect(unzipped(deflated(text, 3))).to.deep.equal([])
    expect(unzipped(deflated(text, 4))).to.deep.equal(['not-xlsx@0'])
    expect(unzipped(deflated(text, 3, text))).to.deep.equal(['not-xlsx@0'])
  })

  it('refuses a part that stands twice, is encrypted, is packed otherwise, or is not what its CRC says', () => {
    const [first] = PARTS as readonly [Part, Part]
    for (const archive of [
      zipStored([first, first]),
      changed((bytes, directory) => bytes.writeUInt16LE(1, directory + ENTRY.flags)),
      changed((bytes, directory) => bytes.writeUInt16LE(9, directory + ENTRY.method)),
      changed((bytes, directory) => bytes.writeUInt32LE(7, directory + ENTRY.crc)),
      changed((bytes) => bytes.write('x', bytes.indexOf('one'))),
    ]) {
      expect(unzipped(archive)).to.deep.equal(['not-xlsx@0'])
    }
  })

  it('refuses a directory, and parts, beyond their bounds', () => {
    const count = (archive: Buffer): number => archive.length - 12
    const size = (archive: Buffer): number => archive.length - 10
    const many = Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, bytes: Buffer.alloc(0) }))
    for (const archive of [
      zipStored(many),
      changed((bytes) => bytes.writeUInt16LE(3, count(bytes))),
      changed((bytes) => bytes.writeUInt32LE(bytes.readUInt32LE(size(bytes)) + 1, size(bytes))),
      changed((bytes) => bytes.writeUInt32LE(0xffffffff, bytes.length - 6)),
      changed((bytes, directory) => bytes.writeUInt32LE(0xffffffff, directory + ENTRY.offset)),
      changed((bytes, directory) =>
        bytes.writeUInt32LE(bytes.length - 4, directory + ENTRY.offset),
      ),
      changed((bytes, directory) => bytes.writeUInt32LE(1, directory + ENTRY.offset)),
      changed((bytes, directory) => bytes.writeUInt32LE(5000, directory + ENTRY.packed)),
      changed((bytes, directory) => bytes.writeUInt32LE(9, directory + ENTRY.unpacked)),
      zipStored(PARTS).subarray(0, -1),
      Buffer.from('PK\u0003\u0004'),
      Buffer.alloc(0),
    ]) {
      expect(unzipped(archive)).to.deep.equal(['not-xlsx@0'])
    }
    expect(unzipped(zipStored(many.slice(1)))).to.deep.equal([])
  })

  it('refuses a workbook cut short, damaged, or without a sheet', async () => {
    const honest = await workbook([['nom', 'email']])
    const flipped = Buffer.from(honest)
    const inside = flipped.indexOf('xl/worksheets/sheet1.xml') + 40
    flipped[inside] = (flipped[inside] ?? 0) ^ 0xff
    for (const bytes of [honest.subarray(0, -30), flipped, zipStored(PARTS)]) {
      expect((await readRows(bytes)).problems).to.deep.equal(['not-xlsx@0'])
    }
  })
})

/** One deflated part, announced with any unpacked size. */
function deflated(plain: Buffer, announced: number, packed = deflateRawSync(plain)): Buffer {
  const archive = zipStored([{ name: 'xl/worksheets/sheet1.xml', bytes: packed }])
  const directory = directoryOf(archive)
  archive.writeUInt16LE(8, directory + ENTRY.method)
  archive.writeUInt32LE(crc32(plain), directory + ENTRY.crc)
  archive.writeUInt32LE(announced, directory + ENTRY.unpacked)
  return archive
}
