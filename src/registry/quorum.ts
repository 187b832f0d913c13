/** The `q`-th highest of some numbers; `undefined` where there are fewer. */
export function nthHighest(numbers: readonly number[], q: number): number | undefined {
  return [...numbers].sort((a, b) => b - a)[q - 1]
}

/** What `q` say equally, and which of them say it; or why nothing is agreed. */
export type Agreement<T> =
  | { readonly agreed: true; readonly value: T; readonly members: readonly number[] }
  /** `split`: `q` or more answered, and no one answer, or more than one, has `q`; `few`: fewer answered. */
  | { readonly agreed: false; readonly why: 'split' | 'few' }

/**
 * Finds the one answer that at least `q` give.
 * @param answers by position; `undefined` for those who gave none
 * @param keyOf equal for answers that count as equal
 */
export function agreementOf<T>(
  answers: readonly (T | undefined)[],
  keyOf: (answer: T) => string,
  q: number,
): Agreement<T> {
  const groups = new Map<string, { readonly value: T; readonly members: number[] }>()
  answers.forEach((answer, at) => {
    if (answer === undefined) return
    const key = keyOf(answer)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { value: answer, members: [at] })
    else group.members.push(at)
  })
  const large = [...groups.values()].filter(({ members }) => members.length >= q)
  const [only] = large
  if (only !== undefined && large.length === 1) return { agreed: true, ...only }
  const given = answers.filter((answer) => answer !== undefined).length
  return { agreed: false, why: given >= q ? 'split' : 'few' }
}
