/** E12 of `reference/security.md` 3.3: two servers with one key and a store each, which know nothing of one another. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { chainName } from '../../../server/chain/kept.ts'
import { senderOf } from '../../../server/chain/sender.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { anchorCall, anchoredEvents, newRoot, openAnvil } from './anvil.ts'
import type { Anvil } from './anvil.ts'

describe('one key under two servers that share no store', function () {
  this.timeout(120_000)
  let anvil: Anvil
  let folder = ''
  let other: Store
  before(async () => {
    anvil = await openAnvil()
    folder = await mkdtemp(join(tmpdir(), 'inaltera-other-store-'))
    other = openSqliteStore(join(folder, 'store.sqlite'))
  })
  after(async () => {
    await other.close()
    await rm(folder, { recursive: true })
    await anvil.close()
  })

  it('anchors everything of both, each once, although each gives nonces that the other used', async () => {
    const shared = [newRoot(), newRoot()]
    const [ours, theirs] = [
      [newRoot(), newRoot(), newRoot(), ...shared],
      [...shared, newRoot(), newRoot(), newRoot()],
    ] as const
    const one = senderOf(anvil.partsOf(anvil.anchorKey))
    const two = senderOf(anvil.partsOf(anvil.anchorKey, { store: other }))
    await Promise.all([
      ...ours.map((root) => one.send(anchorCall(anvil, root))),
      ...theirs.map((root) => two.send(anchorCall(anvil, root))),
    ])
    for (const root of new Set([...ours, ...theirs])) {
      expect(await anvil.registry.anchorOf(anvil.issuer.address, root)).to.include({ size: 5 })
      expect(await anchoredEvents(anvil, root), root).to.equal(1)
    }
    const { chain } = anvil.partsOf(anvil.anchorKey)
    await anvil.finalize()
    for (const [sender, store] of [
      [one, anvil.store],
      [two, other],
    ] as const) {
      await sender.tend()
      const left = await store.pendingTransactions(chainName(chain), anvil.anchorKey.address)
      expect(left).to.deep.equal([])
    }
  })
})
