import { expect } from 'chai'
import { newChain } from '../support/contract/chain.ts'
import {
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  STRANGER,
  THIEF,
  ZERO_HASH,
} from '../support/contract/cast.ts'
import { NOTHING_HAPPENED, reverted, ROLE } from '../support/contract/registry.ts'
import type { Registry } from '../support/contract/registry.ts'

const ROOT = rootNamed('batch')
const OTHER_ROOT = rootNamed('another batch')
const LARGEST = 2n ** 32n - 1n

describe('an anchor', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
  })

  it('records operator, time and size, and says so', async () => {
    const time = (await registry.now()) + 60
    expect(await registry.actAt(time, OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.deep.equal([
      OPERATOR,
      BigInt(time),
      25n,
      false,
    ])
  })

  it('can be made by the issuer itself, which needs no record', async () => {
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, LARGEST)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, ISSUER, LARGEST],
    ])
    expect(await registry.read('operatorOf', ISSUER, ISSUER)).to.deep.equal([0n, 0n])
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.include.members([ISSUER, LARGEST])
  })

  it('keeps each of its 32 bits of size', async () => {
    for (const size of [1n, 255n, 65_537n, 2n ** 31n, LARGEST]) {
      const root = rootNamed(`size ${String(size)}`)
      await registry.must(OPERATOR, 'anchor', ISSUER, root, size)
      const [, , stored] = (await registry.read('anchorOf', ISSUER, root)) as unknown[]
      expect(stored).to.equal(size)
    }
  })

  it('is refused to whoever does not hold ANCHOR', async () => {
    for (const caller of [STRANGER, STATUS, RIVAL]) {
      expect(await registry.act(caller, 'anchor', ISSUER, ROOT, 1)).to.deep.equal(
        reverted('NotAllowed', ISSUER, caller, 1n),
      )
      expect(await registry.act(caller, 'anchorMany', ISSUER, [ROOT], [1])).to.deep.equal(
        reverted('NotAllowed', ISSUER, caller, 1n),
      )
    }
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.deep.equal([
      `0x${'0'.repeat(40)}`,
      0n,
      0n,
      false,
    ])
  })

  it('of root 0 or size 0 is refused', async () => {
    const refused = reverted('OutOfRange')
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ZERO_HASH, 1)).to.deep.equal(refused)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 0)).to.deep.equal(refused)
    expect(
      await registry.act(OPERATOR, 'anchorMany', ISSUER, [ROOT, ZERO_HASH], [1, 1]),
    ).to.deep.equal(refused)
  })

  it('made again with the same size changes nothing and emits nothing', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 25)
    const before = await registry.read('anchorOf', ISSUER, ROOT)
    for (const caller of [OPERATOR, ISSUER, THIEF]) {
      expect(await registry.act(caller, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(NOTHING_HAPPENED)
    }
    expect(await registry.read('anchorOf', ISSUER, ROOT)).to.deep.equal(before)
  })

  it('made again still checks authority', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 25)
    expect(await registry.act(STRANGER, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(
      reverted('NotAllowed', ISSUER, STRANGER, 1n),
    )
  })

  it('made again with another size is refused, whoever asks', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 25)
    for (const size of [24, 26]) {
      for (const caller of [OPERATOR, ISSUER]) {
        expect(await registry.act(caller, 'anchor', ISSUER, ROOT, size)).to.deep.equal(
          reverted('SizeDiffers', ROOT, 25n),
        )
      }
    }
  })

  it('belongs to one issuer: the same root under another is another anchor (T3)', async () => {
    await registry.must(OPERATOR, 'anchor', RIVAL, ROOT, 7)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, ROOT, 25)).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 25n],
    ])
    const [, , rivals] = (await registry.read('anchorOf', RIVAL, ROOT)) as unknown[]
    expect(rivals).to.equal(7n)
  })

  it('stands whatever roles its operator holds later', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 25)
    await registry.must(ISSUER, 'setOperator', OPERATOR, 0)
    expect(await registry.act(ISSUER, 'anchor', ISSUER, ROOT, 25)).to.deep.equal(NOTHING_HAPPENED)
    expect(await registry.act(OPERATOR, 'anchor', ISSUER, OTHER_ROOT, 25)).to.deep.equal(
      reverted('NotAllowed', ISSUER, OPERATOR, 1n),
    )
    await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.all)
    await registry.must(OPERATOR, 'anchor', ISSUER, OTHER_ROOT, 25)
  })
})

describe('several anchors at once', () => {
  let registry: Registry
  const chain = newChain()

  beforeEach(async () => {
    registry = await staffedRegistry(await chain)
  })

  it('are each what one call would have made', async () => {
    expect(
      await registry.act(OPERATOR, 'anchorMany', ISSUER, [ROOT, OTHER_ROOT], [3, 4]),
    ).to.deep.equal([
      ['Anchored', ISSUER, ROOT, OPERATOR, 3n],
      ['Anchored', ISSUER, OTHER_ROOT, OPERATOR, 4n],
    ])
  })

  it('pass over those that stand', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 3)
    expect(
      await registry.act(OPERATOR, 'anchorMany', ISSUER, [ROOT, OTHER_ROOT, OTHER_ROOT], [3, 4, 4]),
    ).to.deep.equal([['Anchored', ISSUER, OTHER_ROOT, OPERATOR, 4n]])
  })

  it('are all or none', async () => {
    await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 3)
    expect(
      await registry.act(OPERATOR, 'anchorMany', ISSUER, [OTHER_ROOT, ROOT], [4, 9]),
    ).to.deep.equal(reverted('SizeDiffers', ROOT, 3n))
    const [, anchoredAt] = (await registry.read('anchorOf', ISSUER, OTHER_ROOT)) as unknown[]
    expect(anchoredAt).to.equal(0n)
  })

  it('need as many sizes as roots', async () => {
    for (const [roots, sizes] of [
      [[ROOT, OTHER_ROOT], [3]],
      [[ROOT], [3, 4]],
      [[ROOT], []],
      [[], [3]],
    ]) {
      expect(await registry.act(OPERATOR, 'anchorMany', ISSUER, roots, sizes)).to.deep.equal(
        reverted('OutOfRange'),
      )
    }
  })

  it('may be none at all, which still takes the role', async () => {
    expect(await registry.act(OPERATOR, 'anchorMany', ISSUER, [], [])).to.deep.equal(
      NOTHING_HAPPENED,
    )
    expect(await registry.act(STRANGER, 'anchorMany', ISSUER, [], [])).to.deep.equal(
      reverted('NotAllowed', ISSUER, STRANGER, 1n),
    )
  })
})
