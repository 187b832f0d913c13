/** The registry at its one address, on a chain that may lack the deterministic-deployment proxy. */
import { setTimeout as sleep } from 'node:timers/promises'
import { concat, keccak256 } from 'ethers'
import { REGISTRY_INIT_CODE } from '../../../server/chain/bytecode.ts'
import {
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
} from '../../../src/registry/deployments.ts'
import { send } from './chain.ts'
import type { Receipt, Request } from './chain.ts'

/** Recovered from the transaction; it pays 0.01 ether for its only transaction. */
export const PROXY_DEPLOYER = '0x3fab184622dc19b6109349b94811493bf2a45362'
/** Signed for no chain in particular: 100 gwei, 100,000 gas, and a signature made of twos. */
export const PROXY_TRANSACTION = `0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7${'f'.repeat(63)}e03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba0${'2'.repeat(64)}a0${'2'.repeat(64)}`
const FARE = '0x2386f26fc10000'

/** A node's pool of transactions learns of a block, and so of the fare, a moment after its receipts can be read. */
async function sendOnceFunded(request: Request): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await request('eth_sendRawTransaction', PROXY_TRANSACTION)
      return
    } catch (error) {
      const isEarly = error instanceof Error && error.message.includes('insufficient funds')
      if (!isEarly || tries === 100) throw error
      await sleep(50)
    }
  }
}

async function has(request: Request, address: string): Promise<boolean> {
  return (await request('eth_getCode', address, 'latest')) !== '0x'
}

/** Deploys proxy and registry where they are missing; the receipt of the registry's creation, if there was one. */
export async function deployThroughProxy(
  request: Request,
  from: string,
): Promise<Receipt | undefined> {
  if (!(await has(request, DEPLOYMENT_PROXY))) {
    await send(request, { from, to: PROXY_DEPLOYER, value: FARE })
    await sendOnceFunded(request)
  }
  if (await has(request, REGISTRY_ADDRESS)) return undefined
  const data = concat([DEPLOYMENT_SALT, REGISTRY_INIT_CODE])
  const receipt = await send(request, { from, to: DEPLOYMENT_PROXY, data })
  const code = (await request('eth_getCode', REGISTRY_ADDRESS, 'latest')) as string
  if (keccak256(code) !== REGISTRY_CODE_HASH) throw new Error('other code than the pinned one')
  return receipt
}
