/** A name server on loopback: what a name means, and how often it was asked, is the test's to say. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { dnsAnswer, questionIn, TYPES } from './dns.ts'

export interface NameServer {
  /** Address and port. */
  readonly place: string
  /** Queries so far. */
  readonly queries: readonly { readonly name: string; readonly type: number }[]
  close(): Promise<void>
}

/** Answers with the addresses that `addressesOf` gives at each query; `null` is no answer at all. */
export async function openNameServer(
  addressesOf: (name: string, query: number) => readonly string[] | null,
): Promise<NameServer> {
  const queries: { name: string; type: number }[] = []
  const socket = createSocket('udp4', (message, { port, address }) => {
    const { id, question, type } = questionIn(message)
    const name = nameIn(question)
    const addresses = addressesOf(name, queries.length)
    queries.push({ name, type })
    if (addresses === null) return
    const data = addresses.filter((one) => isIPv6(one) === (type === TYPES.AAAA)).map(bytesOf)
    socket.send(dnsAnswer(id, question, type, data), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    place: `127.0.0.1:${socket.address().port}`,
    queries,
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}

function nameIn(question: Buffer): string {
  const labels: string[] = []
  for (let at = 0; question[at] !== 0; at += 1 + (question[at] ?? 0)) {
    labels.push(question.subarray(at + 1, at + 1 + (question[at] ?? 0)).toString())
  }
  return labels.join('.')
}

/** Four bytes, or sixteen: eight groups of which a run of zeros may be left out once. */
function bytesOf(address: string): Uint8Array {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const groupsOf = (text = ''): string[] => (text === '' ? [] : text.split(':'))
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0')
  const groups = [...first, ...zeros, ...last].map((group) => group.padStart(4, '0'))
  return Buffer.from(groups.join(''), 'hex')
}
