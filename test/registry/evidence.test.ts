/**
 * Defends bundles against the chain they come from: built on a real Anvil, each earns what the stored ones earn. With
 * `INALTERA_UPDATE_VECTORS=1` it writes them to `test/vectors/evidence/` anew.
 */
import { expect } from 'chai'
import { buildVectors } from '../support/evidence/build.ts'
import { gistOf, judgeOffline } from '../support/evidence/judge.ts'
import { storedVectors, storeVectors } from '../support/evidence/vectors.ts'

describe('bundles made on a real chain', function () {
  this.timeout(60_000)

  it('earn what they must, and are those that are stored', async () => {
    const vectors = await buildVectors()
    if (process.env['INALTERA_UPDATE_VECTORS'] === '1') storeVectors(vectors)
    for (const vector of vectors) {
      expect(gistOf(judgeOffline(vector)), vector.id).to.deep.equal(vector.expect)
    }
    const stored = storedVectors().map(({ id, expect: earned }) => [id, earned])
    const built = vectors.map(({ id, expect: earned }) => [id, earned])
    expect(stored).to.have.deep.members(built)
  })
})
