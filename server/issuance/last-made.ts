/**
 * What is made of something that comes many times over, one part of a batch after the other: made anew only where it is not
 * the same as the last one.
 */
export function lastMade<Of, Made>(
  make: (of: Of) => Made,
  isSame: (a: Of, b: Of) => boolean,
): (of: Of) => Made {
  let last: { readonly of: Of; readonly made: Made } | undefined
  return (of) => {
    if (last === undefined || !isSame(last.of, of)) last = { of, made: make(of) }
    return last.made
  }
}
