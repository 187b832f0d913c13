/** A developer chain of go-ethereum: the contract on a client that shares no code with Hardhat's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../server/chain/port.ts'
import { addressOf, walletOf } from './chain.ts'
import type { Request } from './chain.ts'

const ACCOUNTS = 20
const START_SECONDS = 30
/** Fees of which a developer chain asks nothing near. */
const MAX_FEE = 10_000_000_000n
const TEN_ETHER = '0x8ac7230489e80000'

export interface Geth {
  readonly request: Request
  close(): Promise<void>
}

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly message: string; readonly data?: string }
}

class RpcError extends Error {
  readonly data: string | undefined

  constructor(message: string, data: string | undefined) {
    super(message)
    this.data = data
  }
}

function requestTo(url: string): Request {
  return async (method, ...params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url, { method: 'POST', headers, body })
    const { result, error } = (await answer.json()) as Reply
    // Of what was just mined it may not tell yet; that is not there yet, as when nothing is mined.
    if (error?.message.includes('indexing is in progress') === true) return null
    if (error !== undefined) throw new RpcError(error.message, error.data)
    return result
  }
}

/** The accounts of these tests are no accounts of the node: what they send is signed here. */
function signingFor(request: Request): Request {
  const accounts = Array.from({ length: ACCOUNTS }, (_, account) => addressOf(account))
  return async (method, ...params) => {
    const [call] = params as [{ from: string; to?: string; data?: string; gas?: string }]
    const account = method === 'eth_sendTransaction' ? accounts.indexOf(call.from) : -1
    if (account === -1) return await request(method, ...params)
    const { from, gas, ...rest } = call
    const raw = await walletOf(account).signTransaction({
      ...rest,
      type: 2,
      gasLimit: BigInt(gas ?? 0),
      chainId: Number(await request('eth_chainId')),
      nonce: Number(await request('eth_getTransactionCount', from, 'pending')),
      maxFeePerGas: MAX_FEE,
      maxPriorityFeePerGas: 1n,
    })
    return await request('eth_sendRawTransaction', raw)
  }
}

async function untilItAnswers(request: Request): Promise<void> {
  for (let tries = 0; tries < START_SECONDS * 10; tries += 1) {
    const chainId = await request('eth_chainId').catch(() => undefined)
    if (chainId !== undefined) return
    await sleep(100)
  }
  throw new Error(`geth did not answer within ${START_SECONDS} seconds`)
}

/**
 * A chain by the oldest rules that the contract runs on (Cancun), where nothing is but ether of the tests' accounts: not
 * even the deterministic-deployment proxy.
 */
function genesis(): string {
  const blocks = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople']
  const later = ['petersburg', 'istanbul', 'berlin', 'london']
  const schedule = { target: 3, max: 6, baseFeeUpdateFraction: 3_338_477 }
  const config = {
    chainId: 1337,
    ...Object.fromEntries([...blocks, ...later].map((fork) => [`${fork}Block`, 0])),
    terminalTotalDifficulty: 0,
    shanghaiTime: 0,
    cancunTime: 0,
    blobSchedule: { cancun: schedule },
  }
  const accounts = Array.from({ length: ACCOUNTS }, (_, account) => addressOf(account))
  const alloc = Object.fromEntries(accounts.map((one) => [one, { balance: TEN_ETHER }]))
  return JSON.stringify({ config, alloc, difficulty: '0x0', gasLimit: '0x1c9c380' })
}

async function initialise(program: string, folder: string): Promise<void> {
  const file = join(folder, 'genesis.json')
  await writeFile(file, genesis())
  const child = spawn(program, ['init', '--datadir', folder, file], { stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('geth refuses the genesis')
}

/** Starts the program on loopback. */
export async function startGeth(program: string): Promise<Geth> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-geth-'))
  await initialise(program, folder)
  const [http, auth] = [await freePort(), await freePort()]
  const where = ['--datadir', folder, '--http', '--http.addr', '127.0.0.1']
  const ports = ['--http.port', String(http), '--authrpc.port', String(auth), '--port', '0']
  const limits = ['--dev.gaslimit', '30000000', '--rpc.allow-unprotected-txs', '--verbosity', '1']
  const alone = ['--dev', '--nodiscover', '--ipcdisable']
  const child = spawn(program, [...alone, ...where, ...ports, ...limits], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const request = requestTo(`http://127.0.0.1:${http}`)
    await untilItAnswers(request)
    return { request: signingFor(request), close }
  } catch (error) {
    await close()
    throw error
  }
}
