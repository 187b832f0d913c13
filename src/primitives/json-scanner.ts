import { FormatError } from './errors.ts'
import type { FormatCode } from './codes.ts'
import { isExact } from './json-number.ts'
import type { Json, JsonObject } from './json-value.ts'

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
/** What a string may hold as it stands: no quotation mark, backslash or control character. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** One pass over a JSON text; recursion is bounded by the depth it allows. */
export class Scanner {
  readonly #text: string
  readonly #maxDepth: number
  /** Half a character can then come of escapes alone. */
  readonly #isWellFormed: boolean
  readonly #path: (string | number)[] = []
  #at = 0
  #depth = 0
  #isCanonical = true

  /** @param isWellFormed as what is decoded of UTF-8 is */
  constructor(text: string, maxDepth: number, isWellFormed = text.isWellFormed()) {
    this.#text = text
    this.#maxDepth = maxDepth
    this.#isWellFormed = isWellFormed
  }

  /** The one value that begins at a place of the text, at a level of its own; and the place behind it. */
  valueAt(at: number, level: number): { value: Json; end: number } {
    this.#at = at
    this.#depth = level
    return { value: this.#value(), end: this.#at }
  }

  /** Whether all that was read so far stands as JCS (RFC 8785) prints it. */
  get isCanonical(): boolean {
    return this.#isCanonical
  }

  /** The whole text as one value. */
  document(): Json {
    this.#space()
    const json = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#syntax('nothing more')
    return json
  }

  #value(): Json {
    switch (this.#text.charCodeAt(this.#at)) {
      case QUOTE:
        return this.#string()
      case OPEN_BRACE:
        return this.#object()
      case OPEN_BRACKET:
        return this.#array()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  /** Steps over the bracket or brace that opens a level. */
  #open(): void {
    if (++this.#depth > this.#maxDepth) {
      this.#refuse('too-deep', `nested deeper than ${this.#maxDepth} levels`)
    }
    this.#at++
    this.#space()
  }

  #object(): JsonObject {
    this.#open()
    const object = emptyObject()
    if (!this.#take(CLOSE_BRACE)) {
      let last: string | undefined
      do {
        this.#space()
        const name = this.#member(object)
        // By UTF-16 code units, as RFC 8785 section 3.2.3 asks.
        if (last !== undefined && name < last) this.#isCanonical = false
        last = name
        this.#space()
      } while (this.#take(COMMA))
      if (!this.#take(CLOSE_BRACE)) this.#syntax('a comma or }')
    }
    this.#depth--
    return object
  }

  #member(object: Record<string, Json>): string {
    if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#syntax('a member name')
    const name = this.#string()
    this.#path.push(name)
    if (name === '__proto__') this.#refuse('forbidden-key', 'no member is called __proto__')
    if (Object.hasOwn(object, name)) this.#refuse('duplicate-key', 'the member stands twice')
    this.#space()
    if (!this.#take(COLON)) this.#syntax('a colon')
    this.#space()
    object[name] = this.#value()
    this.#path.pop()
    return name
  }

  #array(): Json[] {
    this.#open()
    const array: Json[] = []
    if (!this.#take(CLOSE_BRACKET)) {
      do {
        this.#space()
        this.#path.push(array.length)
        array.push(this.#value())
        this.#path.pop()
        this.#space()
      } while (this.#take(COMMA))
      if (!this.#take(CLOSE_BRACKET)) this.#syntax('a comma or ]')
    }
    this.#depth--
    return array
  }

  #string(): string {
    const start = ++this.#at
    this.#plain()
    if (this.#text.charCodeAt(this.#at) === QUOTE) {
      const text = this.#text.slice(start, this.#at++)
      if (!this.#isWellFormed) this.#refuseHalves(text)
      return text
    }
    const text = this.#escaped(this.#text.slice(start, this.#at))
    const written = this.#text.slice(start - 1, this.#at)
    if (this.#isCanonical && JSON.stringify(text) !== written) this.#isCanonical = false
    return text
  }

  /** The rest of a text from its first escape on. */
  #escaped(before: string): string {
    let text = before
    while (!this.#take(QUOTE)) {
      if (!this.#take(BACKSLASH)) this.#syntax('a closing quotation mark')
      text += this.#escape()
      const start = this.#at
      this.#plain()
      text += this.#text.slice(start, this.#at)
    }
    this.#refuseHalves(text)
    return text
  }

  /** Steps over what a string may hold as it stands. */
  #plain(): void {
    PLAIN.lastIndex = this.#at
    PLAIN.test(this.#text)
    this.#at = PLAIN.lastIndex
  }

  #refuseHalves(text: string): void {
    if (!text.isWellFormed()) this.#refuse('lone-surrogate', 'a text holds half of a character')
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? ''
    if (letter !== 'u') {
      const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
      if (plain === undefined) return this.#syntax('an escape')
      this.#at++
      return plain
    }
    const digits = this.#text.slice(this.#at + 1, this.#at + 5)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#syntax('u and four hexadecimal digits')
    this.#at += 5
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #number(): number {
    NUMBER.lastIndex = this.#at
    const text = NUMBER.exec(this.#text)?.[0]
    if (text === undefined) return this.#syntax('a value')
    this.#at = NUMBER.lastIndex
    const value = Number(text)
    if (this.#isCanonical && String(value) !== text) this.#isCanonical = false
    if (!isExact(text, value)) this.#refuse('number-not-exact', `${text.slice(0, 40)} is not exact`)
    return value
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#syntax('a value')
    this.#at += word.length
    return value
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#isCanonical = false
      this.#at++
    }
  }

  #take(letter: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== letter) return false
    this.#at++
    return true
  }

  #syntax(wanted: string): never {
    const where = `character ${this.#at}`
    throw new FormatError('not-json', where, `not JSON at ${where}: ${wanted} is wanted`)
  }

  #refuse(code: FormatCode, message: string): never {
    const pointer = this.#path
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
    throw new FormatError(code, pointer, `${pointer || 'the document'}: ${message}`)
  }
}

/** An object that inherits nothing; made so, rather than of nothing, engines keep it in their quick form. */
function emptyObject(): Record<string, Json> {
  const object: Record<string, Json> = {}
  return Object.setPrototypeOf(object, null) as Record<string, Json>
}
