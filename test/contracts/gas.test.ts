/**
 * What each call costs, as whole transactions on cold storage. Every input is fixed, signatures too, so the figures are
 * exact: one that moves is a change of the contract, of the compiler or of the chain's rules, and is to be looked at.
 * `INALTERA_UPDATE_SNAPSHOTS=1` writes the file anew.
 */
import { expect } from 'chai'
import { readFile, writeFile } from 'node:fs/promises'
import { AbiCoder, concat, Interface, keccak256 } from 'ethers'
import { REGISTRY_ADDRESS } from '../../src/registry/deployments.ts'
import {
  ACCOUNT,
  FAR,
  ISSUER,
  OPERATOR,
  RIVAL,
  rootNamed,
  STATUS,
  STRANGER,
  THIEF,
} from '../support/contract/cast.ts'
import { addressOf, artifactOf, newChain, send } from '../support/contract/chain.ts'
import type { Request } from '../support/contract/chain.ts'
import { deployThroughProxy } from '../support/contract/proxy.ts'
import { Registry } from '../support/contract/registry.ts'
import type { StructName } from '../support/contract/typed-data.ts'

const FILE = new URL('../../snapshots/gas.json', import.meta.url)
/** A transaction's cap of 2^24 gas (EIP-7825). */
const CAP = 2 ** 24
const ALL = 2n ** 256n - 1n
const MILLION = 1_000_000
/** A time without zero bytes, which cost less. */
const LONG_AGO = 0x01020304

/** What DESIGN section 3 allows. */
const BARS = {
  'runtime code, bytes': 10_000,
  'anchor by an operator, 1,000,000 certificates': 50_000,
  'anchorFor (an EOA signed)': 57_000,
  'revoke 256 neighbours, one word': 54_000,
} as const

type Costs = Record<string, number>

class Meter {
  readonly costs: Costs = {}
  readonly registry: Registry

  constructor(registry: Registry) {
    this.registry = registry
  }

  async take(name: string, from: string, method: string, ...args: unknown[]): Promise<void> {
    const data = this.registry.encode(method, args)
    const call = { from, to: this.registry.address, data, gas: `0x${CAP.toString(16)}` }
    this.costs[name] = Number((await send(this.registry.request, call)).gasUsed)
  }

  async takeSigned(
    name: string,
    struct: StructName,
    method: string,
    signer: number,
    values: unknown[],
  ): Promise<void> {
    const signature = await this.registry.sign(struct, values, signer)
    await this.take(name, STRANGER, method, ...values, signature)
  }
}

async function meterOf(request: Request): Promise<Meter> {
  const { abi, bytecode, deployedBytecode } = await artifactOf('CertificateRegistry')
  const created = await send(request, { from: addressOf(19), data: bytecode })
  const deployed = await deployThroughProxy(request, addressOf(19))
  const meter = new Meter(new Registry(request, REGISTRY_ADDRESS, new Interface(abi)))
  meter.costs['deploy by plain create'] = Number(created.gasUsed)
  meter.costs['deploy through the proxy'] = Number(deployed?.gasUsed)
  meter.costs['runtime code, bytes'] = (deployedBytecode.length - 2) / 2
  return meter
}

async function anchoring(meter: Meter): Promise<void> {
  const root = rootNamed
  const million = [ISSUER, root('million'), MILLION]
  await meter.take('setOperator (new)', ISSUER, 'setOperator', OPERATOR, 1)
  await meter.take('setOperator (another)', ISSUER, 'setOperator', STATUS, 6)
  await meter.take('anchor by an operator, 1,000,000 certificates', OPERATOR, 'anchor', ...million)
  await meter.take('anchor by an operator, 100', OPERATOR, 'anchor', ISSUER, root('100'), 100)
  await meter.take('anchor by the issuer', ISSUER, 'anchor', ISSUER, root('own'), MILLION)
  await meter.take('anchor again (nothing changes)', OPERATOR, 'anchor', ...million)
  const ten = Array.from({ length: 10 }, (_, i) => root(`ten ${i}`))
  const sizes = ten.map(() => MILLION)
  await meter.take('anchorMany, 10 roots', OPERATOR, 'anchorMany', ISSUER, ten, sizes)
  const values = [ISSUER, OPERATOR, root('relayed'), MILLION, FAR]
  const anchorFor = ['Anchor', 'anchorFor', ACCOUNT.operator, values] as const
  await meter.takeSigned('anchorFor (an EOA signed)', ...anchorFor)
  await meter.takeSigned('anchorFor replayed (nothing changes)', ...anchorFor)
}

/** A root over one certificate and a path of so many siblings, in a batch that fills its tree. */
async function verifying(meter: Meter, levels: number): Promise<void> {
  const commitment = rootNamed('commitment')
  const path = Array.from({ length: levels }, (_, i) => rootNamed(`sibling ${i}`))
  const encoded = AbiCoder.defaultAbiCoder().encode(['uint256', 'bytes32'], [0, commitment])
  const pair = (a: string, b: string): string => keccak256(a < b ? concat([a, b]) : concat([b, a]))
  const root = path.reduce(pair, keccak256(keccak256(encoded)))
  await meter.registry.must(ISSUER, 'anchor', ISSUER, root, 2 ** levels)
  const asked = [ISSUER, root, 0, commitment, path]
  expect(await meter.registry.read('verify', ...asked)).to.equal(true)
  await meter.take(`verify, a path of ${levels} (as a transaction)`, STRANGER, 'verify', ...asked)
}

async function status(meter: Meter): Promise<void> {
  const batch = [ISSUER, rootNamed('million')]
  const words = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i)
  const masks = (count: number, mask: bigint) => Array.from({ length: count }, () => mask)
  await meter.take('revoke 1, the first of its word', STATUS, 'revoke', ...batch, 0, 1, 0)
  await meter.take('revoke 1 more in the word', STATUS, 'revoke', ...batch, 0, 2, 0)
  await meter.take('revoke 256 neighbours, one word', STATUS, 'revoke', ...batch, 1, ALL, 0)
  const many = async (name: string, count: number, from: number, mask: bigint): Promise<void> => {
    await meter.take(
      name,
      STATUS,
      'revokeMany',
      ...batch,
      words(count, from),
      masks(count, mask),
      0,
    )
  }
  await many('revokeMany, 10 words whole', 10, 10, ALL)
  await many('revokeMany, 10 words of one bit', 10, 20, 1n)
  await many('revokeMany, 600 words whole', 600, 100, ALL)
  await meter.take('suspend 1, the first of its word', STATUS, 'suspend', ...batch, 0, 1, 0)
  await meter.take('reinstate 1, the last of its word', STATUS, 'reinstate', ...batch, 0, 1)
  const signed = [ISSUER, STATUS, rootNamed('million')]
  const by = ACCOUNT.status
  const suspend = [...signed, 2, 1, 0, 0, FAR]
  const reinstate = [...signed, 2, 1, 1, FAR]
  await meter.takeSigned('suspendFor (first nonce)', 'Suspend', 'suspendFor', by, suspend)
  await meter.takeSigned('reinstateFor', 'Reinstate', 'reinstateFor', by, reinstate)
  await meter.takeSigned('revokeFor', 'Revoke', 'revokeFor', by, [...signed, 2, 1, 0, FAR])
  await meter.take('revokeBatch', STATUS, 'revokeBatch', ...batch, 0)
  const other = [ISSUER, STATUS, rootNamed('100'), 0, FAR]
  await meter.takeSigned('revokeBatchFor', 'RevokeBatch', 'revokeBatchFor', by, other)
}

async function standing(meter: Meter): Promise<void> {
  const uri = 'https://issuer.example/profiles/0001.json'.slice(0, 40)
  const record = rootNamed('record')
  await meter.take('setProfile (new, a URI of 40)', ISSUER, 'setProfile', record, uri)
  const accredit = [ISSUER, 1, FAR, record, uri]
  await meter.take('accredit (first period)', RIVAL, 'accredit', ...accredit)
  await meter.take('accredit (next period)', RIVAL, 'accredit', ...accredit)
  await meter.take('withdraw', RIVAL, 'withdraw', ISSUER, 0, LONG_AGO)
  await meter.registry.must(ISSUER, 'setOperator', THIEF, 1)
  await meter.registry.must(THIEF, 'anchor', ISSUER, rootNamed('stolen'), 1)
  await meter.take('closeOperator', ISSUER, 'closeOperator', THIEF, LONG_AGO)
  await meter.take('closeOperator, earlier', ISSUER, 'closeOperator', THIEF, LONG_AGO - 1)
  const stolen = [ISSUER, rootNamed('stolen'), MILLION]
  await meter.take('anchor over a void one', OPERATOR, 'anchor', ...stolen)
}

describe('gas', () => {
  let costs: Costs
  let snapshot: Costs

  before(async () => {
    const meter = await meterOf(await newChain())
    await anchoring(meter)
    await status(meter)
    await standing(meter)
    await verifying(meter, 10)
    await verifying(meter, 20)
    costs = meter.costs
    if (process.env['INALTERA_UPDATE_SNAPSHOTS'] === '1') {
      await writeFile(FILE, `${JSON.stringify(costs, null, 2)}\n`)
    }
    snapshot = JSON.parse(await readFile(FILE, 'utf8')) as Costs
  })

  it('is what the committed snapshot says, to the unit', () => {
    expect(Object.keys(costs).length).to.be.greaterThan(28)
    expect(costs).to.deep.equal(snapshot)
  })

  for (const [name, bar] of Object.entries(BARS)) {
    it(`${name}: at most ${bar}`, () => {
      expect(costs[name]).to.be.at.most(bar)
    })
  }

  it('600 words fit under the cap of a transaction', () => {
    expect(costs['revokeMany, 600 words whole']).to.be.lessThan(CAP)
  })
})
