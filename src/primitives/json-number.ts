/** Whether a number's text says exactly what its JCS print says, is not −0 and, if whole, is a safe integer. */
export function isExact(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false
  const printed = String(value)
  if (printed === text) return true
  // What rounds to zero is zero only if no digit says otherwise, and no minus.
  if (value === 0) return /^0(\.0+)?([eE]|$)/.test(text)
  return sameDecimal(text, printed)
}

/** Compares two JSON numbers, neither of them zero, as decimals: sign, digits without zeros at either end, power of ten. */
function sameDecimal(a: string, b: string): boolean {
  return decimalOf(a) === decimalOf(b)
}

function decimalOf(text: string): string {
  const e = text.search(/e/i)
  const mantissa = e < 0 ? text : text.slice(0, e)
  const point = mantissa.indexOf('.')
  const fractionLength = point < 0 ? 0 : mantissa.length - point - 1
  const digits = mantissa.replace('-', '').replace('.', '')
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  let start = 0
  while (start < end && digits[start] === '0') start++
  const exponent = BigInt(e < 0 ? 0 : text.slice(e + 1))
  const power = exponent - BigInt(fractionLength) + BigInt(digits.length - end)
  return `${text.startsWith('-') ? '-' : ''}${digits.slice(start, end)}e${power}`
}
