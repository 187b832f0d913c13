import { expect } from 'chai'
import { concat, getCreate2Address, keccak256, Transaction } from 'ethers'
import { readFile, writeFile } from 'node:fs/promises'
import { REGISTRY_INIT_CODE } from '../../server/chain/bytecode.ts'
import {
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  REGISTRY_INIT_CODE_HASH,
} from '../../src/registry/deployments.ts'
import { ISSUER, rootNamed, STRANGER } from '../support/contract/cast.ts'
import { artifactOf, newChain, send } from '../support/contract/chain.ts'
import type { Request } from '../support/contract/chain.ts'
import { deployThroughProxy, PROXY_DEPLOYER, PROXY_TRANSACTION } from '../support/contract/proxy.ts'
import { newRegistry } from '../support/contract/registry.ts'

interface Deployment {
  readonly comment: string
  readonly proxy: string
  readonly salt: string
  readonly initCodeHash: string
  readonly address: string
  readonly codeHash: string
}

const FILE = new URL('../vectors/contract/deployment.json', import.meta.url)
const MAX_CODE_BYTES = 10_000

async function codeHash(request: Request, address: string): Promise<string> {
  return keccak256((await request('eth_getCode', address, 'latest')) as string)
}

describe('the deployment that verifiers pin', () => {
  let golden: Deployment

  before(async () => {
    if (process.env['INALTERA_UPDATE_VECTORS'] === '1') {
      const deployment: Deployment = {
        comment:
          'Where the registry is on every EVM chain, and the hashes of its creation code and of its code there. Golden: from the tag v1.0 on they never change. Run by test/contracts/deployment.test.ts.',
        proxy: DEPLOYMENT_PROXY,
        salt: DEPLOYMENT_SALT,
        initCodeHash: REGISTRY_INIT_CODE_HASH,
        address: REGISTRY_ADDRESS,
        codeHash: REGISTRY_CODE_HASH,
      }
      await writeFile(FILE, `${JSON.stringify(deployment, null, 2)}\n`)
    }
    golden = JSON.parse(await readFile(FILE, 'utf8')) as Deployment
  })

  it('is the code that the compiler makes of the contract', async () => {
    const { bytecode, deployedBytecode } = await artifactOf('CertificateRegistry')
    expect(keccak256(bytecode)).to.equal(golden.initCodeHash)
    expect(keccak256(deployedBytecode)).to.equal(golden.codeHash)
    expect(bytecode).to.equal(REGISTRY_INIT_CODE)
    expect((deployedBytecode.length - 2) / 2).to.be.at.most(MAX_CODE_BYTES)
  })

  it('is at the address that CREATE2 gives it', () => {
    const address = getCreate2Address(golden.proxy, golden.salt, golden.initCodeHash)
    expect(address.toLowerCase()).to.equal(golden.address)
  })

  it('is what the library carries', () => {
    const { comment, ...pinned } = golden
    expect(comment).to.include('Golden')
    expect(pinned).to.deep.equal({
      proxy: DEPLOYMENT_PROXY,
      salt: DEPLOYMENT_SALT,
      initCodeHash: REGISTRY_INIT_CODE_HASH,
      address: REGISTRY_ADDRESS,
      codeHash: REGISTRY_CODE_HASH,
    })
  })

  it('has one code hash on every chain: nothing of the chain is in the code', async () => {
    for (const chainId of [31_337, 10]) {
      const { request, address } = await newRegistry(await newChain({ chainId }))
      expect(Number(await request('eth_chainId'))).to.equal(chainId)
      expect(await codeHash(request, address)).to.equal(golden.codeHash)
    }
  })
})

describe('the deterministic-deployment proxy', () => {
  it('comes of a presigned transaction whose sender nobody has the key of', () => {
    const transaction = Transaction.from(PROXY_TRANSACTION)
    expect(transaction.from?.toLowerCase()).to.equal(PROXY_DEPLOYER)
    expect([transaction.nonce, transaction.to, transaction.chainId]).to.deep.equal([0, null, 0n])
    expect([transaction.gasLimit, transaction.gasPrice]).to.deep.equal([100_000n, 10n ** 11n])
  })

  for (const chainId of [31_337, 10]) {
    it(`brings the registry to its address on chain ${chainId}, whoever sends it`, async () => {
      const request = await newChain({ chainId })
      await deployThroughProxy(request, STRANGER)
      expect(await codeHash(request, REGISTRY_ADDRESS)).to.equal(REGISTRY_CODE_HASH)
      const registry = await newRegistry(request)
      const call = { from: ISSUER, to: REGISTRY_ADDRESS }
      const data = registry.encode('anchor', [ISSUER, rootNamed('batch'), 1])
      expect(await send(request, { ...call, data })).to.include({ status: '0x1' })
    })
  }

  it('refuses to deploy the same again', async () => {
    const request = await newChain()
    await deployThroughProxy(request, STRANGER)
    const data = concat([DEPLOYMENT_SALT, REGISTRY_INIT_CODE])
    const again = send(request, { from: STRANGER, to: DEPLOYMENT_PROXY, data })
    expect(await again.then(() => 'deployed').catch(() => 'refused')).to.equal('refused')
    expect(await codeHash(request, REGISTRY_ADDRESS)).to.equal(REGISTRY_CODE_HASH)
  })
})
