/** Defends how the registry's words are had: proven where they can be, with less ever said to be less, and always in time. */
import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { operatorSlot, verify } from '../../src/index.ts'
import {
  CERTIFICATE,
  chainOf,
  dead,
  hanging,
  look,
  observed,
  onMethod,
  outcomes,
  policyFor,
  refusing,
  registriesOf,
} from '../support/panel.ts'
import type { Change } from '../support/panel.ts'
import { ISSUER, NOW, OPERATOR, STRANGER } from '../support/world.ts'

interface ProofAnswer {
  accountProof: string[]
  storageProof: { key: string; value: string; proof: string[] }[]
}

const ONES = `0x${'f'.repeat(64)}`
const honest = undefined
const delay = (milliseconds: number) => sleep(milliseconds, undefined, { ref: false })

function onProof(change: (answer: ProofAnswer) => unknown): Change {
  return onMethod('eth_getProof', (answer) => change(structuredClone(answer) as ProofAnswer))
}

describe('a storage proof', () => {
  it('holds all slots that the verdict needs, and none besides', async () => {
    const seen = observed(await look({ chain: await chainOf(), changes: [honest, honest] }))
    const slots = seen.proof?.storage.map(({ slot }) => slot) ?? []
    expect(slots).to.have.members(Object.keys(seen.storage))
    expect(slots).to.include(operatorSlot(ISSUER, OPERATOR)).and.have.length(5)
  })

  it('is read by position: keys and values of the answer say nothing', async () => {
    const chain = await chainOf()
    const truth = observed(await look({ chain, changes: [honest, honest] })).storage
    const labelled = onProof(({ storageProof, ...rest }) => ({
      ...rest,
      storageProof: storageProof.map(({ proof }) => ({ key: ONES, value: ONES, proof })),
    }))
    expect(observed(await look({ chain, changes: [labelled, labelled] })).storage).to.deep.equal(
      truth,
    )
  })

  it('of other slots, another account or another block is refused, and the next provider’s taken', async () => {
    const chain = await chainOf()
    const spoilt: Change[] = [
      onProof((answer) => ({ ...answer, storageProof: answer.storageProof.toReversed() })),
      onProof((answer) => ({ ...answer, storageProof: answer.storageProof.slice(1) })),
      onProof((answer) => ({ ...answer, accountProof: answer.accountProof.toReversed() })),
      onProof((answer) => ({ ...answer, accountProof: [] })),
      onProof((answer) => ({ ...answer, storageProof: 'none' })),
      (call, truth) =>
        call.method === 'eth_getProof'
          ? truth({ ...call, params: [`0x${'99'.repeat(20)}`, ...call.params.slice(1)] })
          : truth(call),
    ]
    for (const [at, change] of spoilt.entries()) {
      const evidence = await look({ chain, changes: [change, honest, honest] })
      expect(observed(evidence).level, `change ${at}`).to.equal('proven')
      expect(evidence.chain.providers[0], `change ${at}`).to.have.property('detail')
    }
  })

  it('that does not hold takes away its provider’s bare word too', async () => {
    const chain = await chainOf()
    const zero = `0x${'0'.repeat(64)}`
    const liar: Change = (call, truth) => {
      if (call.method === 'eth_getStorageAt') return Promise.resolve(zero)
      return onProof((answer) => ({ ...answer, storageProof: answer.storageProof.toReversed() }))(
        call,
        truth,
      )
    }
    for (const changes of [[liar], [liar, liar]]) {
      const policy = { quorum: changes.length, level: 'reported' }
      const { chain: seen } = await look({ chain, changes, policy })
      expect(seen).to.deep.include({ observed: false, code: 'proof-invalid' })
    }
  })

  it('is asked for again where a guess led astray, and guesses are nothing more', async () => {
    const lying = onMethod('eth_getStorageAt', () => ONES)
    const mute = refusing('eth_getStorageAt')
    for (const change of [lying, mute]) {
      const chain = await chainOf()
      const seen = observed(await look({ chain, changes: [change, change, change] }))
      expect(seen.level).to.equal('proven')
      expect(seen.storage).to.have.property(operatorSlot(ISSUER, OPERATOR))
      expect(
        verify(
          CERTIFICATE,
          await look({ chain, changes: [change, change] }),
          policyFor(chain, 2),
          NOW,
        ).outcome,
      ).to.equal('valid')
    }
  })
})

describe('without a proof', () => {
  const mute = refusing('eth_getProof')

  it('a quorum’s equal words are agreed, which is said', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [mute, mute, mute] })
    const seen = observed(evidence)
    expect([seen.level, seen.shortfalls]).to.deep.equal(['agreed', ['no-storage-proof']])
    expect(seen).not.to.have.property('proof')
    const agreed = policyFor(chain, 3, { level: 'agreed' })
    const verdict = verify(CERTIFICATE, evidence, agreed, NOW)
    expect(verdict.outcome).to.equal('valid')
    expect(verdict.notes.map(({ code }) => code)).to.include('no-storage-proof')
    const strict = verify(CERTIFICATE, evidence, policyFor(chain, 3), NOW)
    expect(strict.checks.anchor).to.deep.equal({ outcome: 'undetermined', code: 'level-too-low' })
  })

  it('one provider’s words are reported, and those of a minority are named', async () => {
    const chain = await chainOf()
    const silent = refusing('eth_getProof', 'eth_getStorageAt')
    expect(observed(await look({ chain, changes: [mute, silent] })).level).to.equal('reported')
    const lying: Change = (call, truth) =>
      call.method === 'eth_getStorageAt' ? Promise.resolve(ONES) : mute(call, truth)
    const evidence = await look({ chain, changes: [lying, mute, mute] })
    expect(observed(evidence).level).to.equal('agreed')
    expect(outcomes(evidence)).to.equal('providers-disagree answered answered')
    const split = await look({ chain, changes: [lying, mute] })
    expect(split.chain).to.deep.include({ observed: false, code: 'providers-disagree' })
  })

  it('of a header that hashes, words are agreed at best', async () => {
    const chain = await chainOf('unknown')
    const evidence = await look({ chain, changes: [honest, honest, honest] })
    const seen = observed(evidence)
    expect([seen.level, seen.shortfalls]).to.deep.equal(['agreed', ['header-not-rehashed']])
    expect(seen).not.to.have.property('proof')
    const notes = verify(CERTIFICATE, evidence, policyFor(chain, 3, { level: 'agreed' }), NOW).notes
    expect(notes.map(({ code }) => code)).to.include('header-not-rehashed')
    const other = onMethod('eth_getBlockByNumber', (block) => ({
      ...(block as object),
      stateRoot: ONES,
    }))
    const outvoted = await look({ chain, changes: [other, honest, honest] })
    expect(outcomes(outvoted)).to.equal('providers-disagree answered answered')
  })
})

describe('a single provider', () => {
  it('reports, whatever it proves', async () => {
    const chain = await chainOf()
    const evidence = await look({ chain, changes: [honest], policy: { quorum: 1 } })
    const seen = observed(evidence)
    expect(seen.level).to.equal('reported')
    // A bundle rests on a checkpoint and not on who served it.
    expect(seen).to.have.property('proof')
  })
})

describe('other code at the address of the registry', () => {
  it('is not the registry, proven or told', async () => {
    const chain = await chainOf()
    const policy = { registries: registriesOf(chain, { codeHash: ONES }) }
    const proven = await look({ chain, changes: [honest, honest], policy })
    expect(proven.chain).to.deep.include({ observed: false, code: 'registry-differs' })
    const told = refusing('eth_getProof')
    const evidence = await look({ chain, changes: [told, told], policy })
    expect(evidence.chain).to.deep.include({ observed: false, code: 'registry-differs' })
  })

  it('nor is an address without an account', async () => {
    const chain = await chainOf('prague', STRANGER)
    const evidence = await look({ chain, changes: [honest, honest] })
    expect(evidence.chain).to.deep.include({ observed: false, code: 'registry-differs' })
  })
})

describe('time', () => {
  it('is not lost to a provider that hangs', async () => {
    const chain = await chainOf()
    const policy = { timeoutMs: 2_000 }
    for (const change of [
      hanging('eth_blockNumber'),
      hanging('eth_getBlockByNumber'),
      hanging('eth_getProof'),
      hanging('eth_getStorageAt'),
    ]) {
      const start = performance.now()
      const evidence = await look({
        chain,
        changes: [change, honest, honest],
        policy,
        ports: { delay },
      })
      expect(performance.now() - start).to.be.lessThan(policy.timeoutMs)
      expect(observed(evidence).level).to.equal('proven')
      expect(outcomes(evidence)).to.equal('timeout answered answered')
    }
  })

  it('ends when the policy says, with each provider named', async () => {
    const chain = await chainOf()
    const policy = { timeoutMs: 300 }
    const start = performance.now()
    const changes = [hanging('eth_blockNumber'), dead, honest]
    const evidence = await look({ chain, changes, policy, ports: { delay } })
    expect(performance.now() - start).to.be.within(250, 900)
    expect(evidence.chain).to.deep.include({ observed: false, code: 'timeout' })
    expect(outcomes(evidence)).to.equal('timeout unreachable answered')
  })
})
