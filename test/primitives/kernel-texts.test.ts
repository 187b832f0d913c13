/** Defends HMACs of texts, by each kernel: those of their UTF-8, as Node makes them, however long. */
import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { PORTABLE_KERNEL } from '../../src/primitives/kernel-portable.ts'
import { kernelOfWasm } from '../../src/primitives/kernel-wasm.ts'

const KERNELS = [kernelOfWasm(), PORTABLE_KERNEL]
/** More than is hashed at a time. */
const LONG = 'ﬀ'.repeat(22_000)

describe('the HMAC of a text', () => {
  for (const kernel of KERNELS) {
    it(`is that of its UTF-8 (${kernel?.kind ?? 'no kernel'})`, () => {
      const text = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed())
      const key = fc.uint8Array({ maxLength: 64 })
      fc.assert(
        fc.property(key, text, fc.boolean(), (bytes, short, isLong) => {
          const message = isLong ? short + LONG : short
          const wanted = createHmac('sha256', bytes).update(message, 'utf8').digest('hex')
          expect(Buffer.from(kernel?.hmacText(bytes, message) ?? []).toString('hex')).to.equal(
            wanted,
          )
        }),
        { numRuns: 40 },
      )
    })
  }
})
