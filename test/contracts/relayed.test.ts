import { expect } from 'chai'
import { keccak256, toUtf8Bytes } from 'ethers'
import { newChain } from '../support/contract/chain.ts'
import {
  ACCOUNT,
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  staffedRegistry,
  STATUS,
  STRANGER,
} from '../support/contract/cast.ts'
import { newRegistry, reverted, ROLE } from '../support/contract/registry.ts'
import type { Outcome, Registry } from '../support/contract/registry.ts'
import {
  compact,
  digestOf,
  highS,
  STRUCTS,
  TYPES,
  vectorOf,
  walletDigestOf,
} from '../support/contract/typed-data.ts'
import type { Domain, StructName } from '../support/contract/typed-data.ts'

const ROOT = rootNamed('batch')
const FRESH = rootNamed('fresh')
const BAD_SIGNATURE = reverted('BadSignature')
const DAY = 86_400

/** For each struct: the operator that signs, its role, and its members between `operator` and `deadline`. */
const RELAYED = {
  Anchor: { signer: 'operator', role: 1n, members: [FRESH, 9] },
  Revoke: { signer: 'status', role: 4n, members: [ROOT, 1, 5, 3] },
  RevokeBatch: { signer: 'status', role: 4n, members: [ROOT, 3] },
  Suspend: { signer: 'status', role: 2n, members: [ROOT, 1, 2, 3, 0] },
  Reinstate: { signer: 'status', role: 2n, members: [ROOT, 1, 8, 0] },
} as const

/** What the relayed call comes to: what the direct one would, in the name of the signer. */
function eventsOf(struct: StructName, operator: string): Outcome {
  switch (struct) {
    case 'Anchor':
      return [['Anchored', ISSUER, FRESH, operator, 9n]]
    case 'Revoke':
      return [['Revoked', ISSUER, ROOT, operator, 1n, 5n, 3n]]
    case 'RevokeBatch':
      return [['BatchRevoked', ISSUER, ROOT, operator, 3n]]
    case 'Suspend':
      return [['Suspended', ISSUER, ROOT, operator, 1n, 2n, 3n]]
    case 'Reinstate':
      return [['Reinstated', ISSUER, ROOT, operator, 1n, 8n]]
  }
}

/** Another value of the same type. */
function changed(value: unknown): unknown {
  if (typeof value !== 'string') return BigInt(value as number | bigint) + 1n
  return `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
}

for (const struct of STRUCTS) {
  const { method, type } = vectorOf(struct)
  const { signer, role, members } = RELAYED[struct]
  const account = ACCOUNT[signer]
  const operator = signer === 'operator' ? OPERATOR : STATUS
  const events = eventsOf(struct, operator)

  describe(`${method}: what anybody sends on the operator's signature`, () => {
    let registry: Registry
    let deadline: number
    const chain = newChain()
    const values = (): unknown[] => [ISSUER, operator, ...members, deadline]
    const relay = async (
      given: readonly unknown[] = values(),
      by: { signer?: number; domain?: Partial<Domain>; sender?: string } = {},
    ): Promise<Outcome> =>
      await registry.relay(method, struct, given, { signer: account, sender: STRANGER, ...by })

    beforeEach(async () => {
      registry = await staffedRegistry(await chain)
      await registry.must(OPERATOR, 'anchor', ISSUER, ROOT, 600)
      await registry.must(STATUS, 'suspend', ISSUER, ROOT, 1, 8, 0)
      deadline = (await registry.now()) + DAY
    })

    it('does what the direct call does, in the name of the signer', async () => {
      expect(await relay()).to.deep.equal(events)
    })

    it('is signed as wallets sign (EIP-712)', () => {
      const domain = { chainId: 10, registry: registry.address }
      const mine = digestOf(domain, struct, values())
      expect(mine).to.equal(walletDigestOf(domain, struct, values()))
      expect(type.startsWith(`${struct}(address issuer,address operator,`)).to.equal(true)
    })

    it('is refused if any one member was changed after signing', async () => {
      const signature = await registry.sign(struct, values(), account)
      const outcomes = []
      // Members 0 and 1 say who may act: those changed, authority is what lacks.
      for (let at = 2; at < values().length; at += 1) {
        const given = values().map((value, i) => (i === at ? changed(value) : value))
        outcomes.push(await registry.act(STRANGER, method, ...given, signature))
      }
      const isNonce = (at: number): boolean =>
        (struct === 'Suspend' || struct === 'Reinstate') && at === values().length - 4
      const expected = outcomes.map((_, at) =>
        isNonce(at) ? reverted('BadNonce', 0n) : BAD_SIGNATURE,
      )
      expect(outcomes).to.deep.equal(expected)
    })

    it('is refused on another chain, from another contract, under another name or version (T1)', async () => {
      const elsewhere: Partial<Domain>[] = [
        { chainId: 1 },
        { registry: OPERATOR },
        { name: 'Inaltera certificate registry' },
        { version: '2' },
      ]
      for (const domain of elsewhere) {
        expect(await relay(values(), { domain })).to.deep.equal(BAD_SIGNATURE)
      }
    })

    it('is refused where the signer is not the operator that it names', async () => {
      expect(await relay(values(), { signer: ACCOUNT.stranger })).to.deep.equal(BAD_SIGNATURE)
      expect(await relay(values(), { signer: ACCOUNT.issuer })).to.deep.equal(BAD_SIGNATURE)
    })

    it('is refused where the operator lacks the role, before its signature is looked at', async () => {
      const stranger = [ISSUER, STRANGER, ...members, deadline]
      const other = signer === 'operator' ? STATUS : OPERATOR
      expect(await relay(stranger, { signer: ACCOUNT.stranger })).to.deep.equal(
        reverted('NotAllowed', ISSUER, STRANGER, role),
      )
      expect(await relay([ISSUER, other, ...members, deadline])).to.deep.equal(
        reverted('NotAllowed', ISSUER, other, role),
      )
      expect(await relay([STRANGER, operator, ...members, deadline])).to.deep.equal(
        reverted('NotAllowed', STRANGER, operator, role),
      )
    })

    it('holds at its deadline and not a second later', async () => {
      const late = (await registry.now()) + 10
      const given = [ISSUER, operator, ...members, late]
      const signature = await registry.sign(struct, given, account)
      expect(await registry.actAt(late + 1, STRANGER, method, ...given, signature)).to.deep.equal(
        reverted('Expired', BigInt(late)),
      )
      const later = [ISSUER, operator, ...members, late + 20]
      const again = await registry.sign(struct, later, account)
      expect(await registry.actAt(late + 20, STRANGER, method, ...later, again)).to.deep.equal(
        events,
      )
    })

    it('takes 65 bytes with the lower s only (T4)', async () => {
      const signature = await registry.sign(struct, values(), account)
      const forms = [
        highS(signature),
        compact(signature),
        '0x',
        '0x00',
        `${signature}00`,
        signature.slice(0, -2),
        `0x${'00'.repeat(65)}`,
        `${signature.slice(0, -2)}1d`,
        `${signature.slice(0, -2)}${signature.endsWith('1b') ? '00' : '01'}`,
      ]
      for (const form of forms) {
        expect(await registry.act(STRANGER, method, ...values(), form), form).to.deep.equal(
          BAD_SIGNATURE,
        )
      }
      expect(await registry.act(STRANGER, method, ...values(), signature)).to.deep.equal(events)
    })

    it('dies with the role, and lives again if the role returns in time', async () => {
      const signature = await registry.sign(struct, values(), account)
      await registry.must(ISSUER, 'setOperator', operator, 0)
      expect(await registry.act(STRANGER, method, ...values(), signature)).to.deep.equal(
        reverted('NotAllowed', ISSUER, operator, role),
      )
      await registry.must(ISSUER, 'setOperator', operator, ROLE.all)
      expect(await registry.act(STRANGER, method, ...values(), signature)).to.deep.equal(events)
    })

    it('dies for ever with the operator', async () => {
      await registry.must(ISSUER, 'closeOperator', operator, 1)
      expect(await relay()).to.deep.equal(reverted('NotAllowed', ISSUER, operator, role))
    })

    it('can be signed by an issuer without ether, until it retires', async () => {
      const own = [ISSUER, ISSUER, ...members, deadline]
      const outcome = await relay(own, { signer: ACCOUNT.issuer })
      expect(outcome).to.deep.equal(eventsOf(struct, ISSUER))
      await registry.must(ISSUER, 'closeOperator', ISSUER, 1)
      expect(await relay(own, { signer: ACCOUNT.issuer })).to.deep.equal(
        reverted('NotAllowed', ISSUER, ISSUER, role),
      )
    })

    it('of one issuer is no use under another that shares the operator', async () => {
      await registry.must(RIVAL, 'setOperator', operator, ROLE.all)
      await registry.must(RIVAL, 'anchor', RIVAL, ROOT, 600)
      const signature = await registry.sign(struct, values(), account)
      expect(
        await registry.act(STRANGER, method, RIVAL, ...values().slice(1), signature),
      ).to.deep.equal(BAD_SIGNATURE)
    })
  })
}

describe('eip712Domain (ERC-5267)', () => {
  it('tells wallets the domain that the contract checks against', async () => {
    const registry = await newRegistry(await newChain())
    expect(await registry.read('eip712Domain')).to.deep.equal([
      '0x0f',
      TYPES.domain.name,
      TYPES.domain.version,
      31_337n,
      registry.address,
      `0x${'0'.repeat(64)}`,
      [],
    ])
  })

  it('names the chain that it is on', async () => {
    const registry = await newRegistry(await newChain({ chainId: 10 }))
    expect(await registry.read('eip712Domain')).to.include(10n)
  })

  it('has type strings whose hashes are the golden ones', () => {
    for (const { name, type, hash } of TYPES.structs) {
      expect(keccak256(toUtf8Bytes(type)), name).to.equal(hash)
    }
    expect(TYPES.structs.map(({ name }) => name)).to.deep.equal([...STRUCTS])
  })
})
