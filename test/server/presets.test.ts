/** Defends whoever starts on a public network from a node that serves another one, or a wrong idea of what it is. */
import { expect } from 'chai'
import { pinOf, refuseImpostor } from '../../server/chain/presets.ts'
import { NETWORKS, UnavailableError } from '../../src/index.ts'

const OTHER = `0x${'1'.repeat(64)}`

describe('a chain that has a preset', () => {
  for (const { name, chainId, genesis, kind, finality, maxHeadAge } of NETWORKS) {
    if (genesis === null) continue
    it(`is taken for ${name} by number, first block and kind, and by nothing less`, () => {
      refuseImpostor({ chainId, genesis }, kind)
      const isRefused = (hash: string, as: typeof kind): boolean => {
        try {
          refuseImpostor({ chainId, genesis: hash }, as)
          return false
        } catch (error) {
          return error instanceof UnavailableError && error.code === 'refused'
        }
      }
      expect(isRefused(OTHER, kind)).to.equal(true)
      expect(isRefused(genesis, kind === 'main' ? 'test' : 'main')).to.equal(true)
      expect(isRefused(OTHER, 'local')).to.equal(false)
      expect(pinOf({ chainId, genesis }, kind)).to.include({ genesis, kind, finality, maxHeadAge })
    })
  }
})

describe('a chain without a preset', () => {
  it('is taken at its word, and pinned cautiously', () => {
    const identity = { chainId: '987654321', genesis: OTHER }
    refuseImpostor(identity, 'main')
    expect(pinOf(identity, 'main')).to.include({ genesis: OTHER, finality: 'finalized' })
  })

  it('and a local one under a number of others is never pinned as theirs', () => {
    expect(pinOf({ chainId: '1', genesis: OTHER }, 'local')).to.include({
      genesis: OTHER,
      kind: 'local',
    })
  })
})
