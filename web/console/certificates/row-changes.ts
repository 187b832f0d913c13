/** Which cells of a row a correction changes. */

export type CellChange = { readonly column: string; readonly from: string; readonly to: string }

export function changesOf(
  old: ReadonlyMap<string, string>,
  row: ReadonlyMap<string, string>,
): readonly CellChange[] {
  return [...row].flatMap(([column, value]) => {
    const from = old.get(column) ?? ''
    const to = value.trim()
    return from === to ? [] : [{ column, from, to }]
  })
}
