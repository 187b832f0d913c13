/** Defends the second copy of a large batch: whatever of it changes before the proof, nothing is anchored before it is healed. */
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { BlockError } from '../../../server/ipfs/documents.ts'
import type { Context } from '../../../server/context.ts'
import { lenderOf } from '../../../server/issuance/lender.ts'
import type { Progress } from '../../../server/issuance/types.ts'
import { exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { writeRows } from './many-rows.ts'

/** Two parts. */
const SIZE = 300

describe('the second copy of a large batch', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let rows = ''
  before(async () => {
    data = await newDataFolder()
    context = await data.open({ passphrase: PASSPHRASE, lender: lenderOf({ from: 1, count: 2 }) })
    await context.deploy()
    rows = await writeRows(join(data.folder, 'rows.csv'), SIZE)
  })
  after(async () => {
    await context.close()
    await data.remove()
  })

  const flip = (path: string, place: (length: number) => number): void => {
    const bytes = readFileSync(path)
    const at = place(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }
  const faults: readonly (readonly [name: string, change: (path: string) => void])[] = [
    [
      'has another byte in its first node',
      (path) => {
        flip(path, () => 200)
      },
    ],
    [
      'has another byte in a certificate',
      (path) => {
        flip(path, (length) => length >> 1)
      },
    ],
    [
      'has another byte at its end',
      (path) => {
        flip(path, (length) => length - 1)
      },
    ],
    [
      'is cut short',
      (path) => {
        truncateSync(path, readFileSync(path).length - 10_000)
      },
    ],
  ]

  for (const [name, change] of faults) {
    it(`that ${name} is found before the anchor, healed from the first, and the batch goes on`, async () => {
      const known = new Set(carsIn(data.folder))
      const onProgress = ({ step, done, total }: Progress): void => {
        if (step !== 'store' || done !== total) return
        for (const car of carsIn(data.folder)) {
          if (!known.has(car)) change(join(data.folder, 'cars', car))
        }
      }
      const request = { rows, template: await exampleTemplate(), idempotencyKey: name }
      const error: unknown = await context
        .issue({ ...request, onProgress })
        .catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(BlockError)
      expect((await statesIn(context)).at(-1)).to.equal('stored')
      const { healed } = await context.fsck({ heal: true })
      expect(healed).not.to.deep.equal([])
      const { links } = await context.issue(request)
      expect(links).to.have.length(SIZE)
    })
  }

  it('leaves nothing wrong behind', async () => {
    expect((await context.fsck()).findings).to.deep.equal([])
  })
})

function carsIn(folder: string): string[] {
  return readdirSync(join(folder, 'cars')).filter((name) => name.endsWith('.car'))
}

async function statesIn(context: Context): Promise<string[]> {
  const { findings } = await context.fsck({ quick: true })
  return findings
    .map(({ detail }) => detail)
    .flatMap((detail) => /stored|sealed|drafted/.exec(detail)?.[0] ?? [])
}
