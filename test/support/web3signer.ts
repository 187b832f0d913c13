/** A signer behind JSON-RPC as Web3Signer is one: a real HTTP server that signs with ethers, and fails on demand. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Wallet } from 'ethers'
import type { TransactionRequest } from 'ethers'

export interface Web3Signer {
  readonly url: string
  readonly address: string
  /** Requests so far. */
  readonly requests: number
  /** What it does instead of signing what it is asked to; undefined for nothing else. */
  behave(fault: SignerFault | undefined): void
  close(): Promise<void>
}

export type SignerFault =
  | { readonly mode: 'change'; readonly fields: TransactionRequest }
  | { readonly mode: 'other-key' }
  | { readonly mode: 'hang' }
  | { readonly mode: 'answer'; readonly status: number; readonly body: string }
  | { readonly mode: 'redirect'; readonly to: string }
  | { readonly mode: 'result'; readonly result: string }

/** @param authorization the header that it asks for */
export async function openWeb3Signer(secret: string, authorization?: string): Promise<Web3Signer> {
  const wallet = new Wallet(secret)
  let fault: SignerFault | undefined
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401).end()
      return
    }
    answer(request, response, wallet, fault).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    address: wallet.address.toLowerCase(),
    get requests() {
      return requests
    },
    behave: (next) => {
      fault = next
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  wallet: Wallet,
  fault: SignerFault | undefined,
): Promise<void> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  if (fault?.mode === 'hang') return
  if (fault?.mode === 'redirect') {
    response.writeHead(307, { location: fault.to }).end()
    return
  }
  if (fault?.mode === 'answer') {
    response.writeHead(fault.status).end(fault.body)
    return
  }
  const { id, params } = JSON.parse(Buffer.concat(chunks).toString()) as {
    id: number
    params: [TransactionRequest & { gas: string }]
  }
  const { gas, ...fields } = params[0]
  const signer = fault?.mode === 'other-key' ? Wallet.createRandom() : wallet
  const changed = fault?.mode === 'change' ? fault.fields : {}
  const transaction = { ...fields, from: null, gasLimit: gas, type: 2, ...changed }
  const result = fault?.mode === 'result' ? fault.result : await signer.signTransaction(transaction)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
}
