/** Changes to a bundle's JSON, each leaving the bundle it starts from as it was. */

export type Json = Readonly<Record<string, unknown>>

export interface Proof {
  kind: string
  account: string[]
  storage: { slot: string; nodes: string[] }[]
}

export function proofOf(bundle: Json): Proof {
  const [proof] = structuredClone(bundle['proofs']) as Proof[]
  if (proof === undefined) throw new Error('the bundle has no proof')
  return proof
}

export function withProof(bundle: Json, change: (proof: Proof) => void): Json {
  const proof = proofOf(bundle)
  change(proof)
  return { ...bundle, proofs: [proof] }
}

export function without(bundle: Json, name: string): Json {
  return Object.fromEntries(Object.entries(bundle).filter(([member]) => member !== name))
}

/** The nodes with one bit of the last changed. */
export function flipped(nodes: readonly string[]): string[] {
  const last = nodes.at(-1) ?? '0x'
  const digit = (parseInt(last.slice(-1), 16) ^ 1).toString(16)
  return [...nodes.slice(0, -1), last.slice(0, -1) + digit]
}
