import { base64urlInto, base64urlLength, utf8Into } from './bytes.ts'

const FIRST_ROOM = 8192
/** What is longer costs less in one call of the engine. */
const LONGEST_BYTE_BY_BYTE = 64
const [QUOTE, ZERO, X] = [0x22, 0x30, 0x78]
const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Writes bytes one after the other into room that it keeps: for many documents, one after the other. */
export class Pen {
  #room = new Uint8Array(FIRST_ROOM)
  #at = 0

  /** Starts anew; what was written before is no longer there. */
  start(): void {
    this.#at = 0
  }

  /** A part of `bytes`. */
  put(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const length = to - from
    this.#make(length)
    const [room, start] = [this.#room, this.#at]
    if (length > LONGEST_BYTE_BY_BYTE) {
      room.set(length === bytes.length ? bytes : bytes.subarray(from, to), start)
    } else for (let at = 0; at < length; at++) room[start + at] = bytes[from + at] ?? 0
    this.#at += length
  }

  /** A well-formed text, as UTF-8. */
  putText(text: string): void {
    // A UTF-16 code unit becomes at most three bytes.
    this.#make(3 * text.length)
    const room = this.#room
    const from = this.#at
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0x7f || at > LONGEST_BYTE_BY_BYTE) {
        this.#at += utf8Into(text, room.subarray(from))
        return
      }
      room[from + at] = code
    }
    this.#at += text.length
  }

  /** Bytes as base64url. */
  putBase64url(bytes: Uint8Array): void {
    this.#make(base64urlLength(bytes.length))
    this.#at = base64urlInto(bytes, this.#room, this.#at)
  }

  /** A part of `bytes` as JSON has it: lower-case hex after `0x`, in quotes. */
  putHex(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.#make(2 * (to - from) + 4)
    const room = this.#room
    let at = this.#at
    room[at] = QUOTE
    room[at + 1] = ZERO
    room[at + 2] = X
    at += 3
    for (let place = from; place < to; place++) {
      const byte = bytes[place] ?? 0
      room[at] = DIGITS[byte >> 4] ?? 0
      room[at + 1] = DIGITS[byte & 15] ?? 0
      at += 2
    }
    room[at] = QUOTE
    this.#at = at + 1
  }

  /** What is written, until more is. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#at)
  }

  #make(length: number): void {
    if (this.#at + length <= this.#room.length) return
    const larger = new Uint8Array(2 * (this.#at + length))
    larger.set(this.written())
    this.#room = larger
  }
}
