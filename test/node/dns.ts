/** DNS messages (RFC 1035 section 4) as a server writes them, made without the code under test. */

const RESPONSE = 0x8180
export const TYPES = { A: 1, TXT: 16, AAAA: 28 } as const
const IN = 1
/** A pointer to the name in the question, right after the header. */
const QUESTION_NAME = 0xc00c
const TTL_SECONDS = 60
const HEADER_BYTES = 12

/** An answer to a question: one record of `type` for each of `data`. */
export function dnsAnswer(
  id: number,
  question: Uint8Array,
  type: number,
  data: readonly Uint8Array[],
): Uint8Array {
  const header = uint16s(id, RESPONSE, 1, data.length, 0, 0)
  const records = data.map((bytes) =>
    Buffer.concat([uint16s(QUESTION_NAME, type, IN, 0, TTL_SECONDS, bytes.length), bytes]),
  )
  return Buffer.concat([header, question, ...records])
}

/** The answer to a question for the TXT records of `_inaltera.<domain>`. */
export function txtAnswer(domain: string, texts: readonly string[]): Uint8Array {
  const labels = `_inaltera.${domain}`.split('.').map(prefixed)
  const question = Buffer.concat([...labels, Buffer.of(0), uint16s(TYPES.TXT, IN)])
  return dnsAnswer(0, question, TYPES.TXT, texts.map(prefixed))
}

/** The question of a query, its bytes as they stand, and the type it asks for. */
export function questionIn(query: Buffer): { id: number; question: Buffer; type: number } {
  const end = query.indexOf(0, HEADER_BYTES) + 5
  const question = query.subarray(HEADER_BYTES, end)
  return { id: query.readUInt16BE(0), question, type: query.readUInt16BE(end - 4) }
}

function prefixed(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text)])
}

function uint16s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, 2 * at)
  return bytes
}
