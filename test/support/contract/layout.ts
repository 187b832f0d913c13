/** Where the compiler says that the registry keeps things, and how to walk there by Solidity's rules for storage. */
import { readFile } from 'node:fs/promises'
import { keccak256, toBeHex } from 'ethers'
import { z } from 'zod'

const Member = z.object({
  label: z.string(),
  slot: z.string(),
  offset: z.number(),
  type: z.string(),
})
const Type = z.object({
  encoding: z.enum(['inplace', 'mapping', 'dynamic_array', 'bytes']),
  label: z.string(),
  numberOfBytes: z.string(),
  key: z.string().optional(),
  value: z.string().optional(),
  base: z.string().optional(),
  members: z.array(Member).optional(),
})
const Layout = z.object({ storage: z.array(Member), types: z.record(z.string(), Type) })
export type Layout = z.infer<typeof Layout>

const Output = z.object({
  output: z.object({
    contracts: z.record(z.string(), z.record(z.string(), z.object({ storageLayout: z.unknown() }))),
  }),
})

const NAME = 'CertificateRegistry'

/** The layout in the build info that the artifact was made from. */
export async function compiledLayout(): Promise<Layout> {
  const { default: hre } = await import('hardhat')
  const id = await hre.artifacts.getBuildInfoId(NAME)
  const path = id === undefined ? undefined : await hre.artifacts.getBuildInfoOutputPath(id)
  if (path === undefined) throw new Error('no build info: build the contract first')
  const { output } = Output.parse(JSON.parse(await readFile(path, 'utf8')))
  const layout = Object.values(output.contracts).find((source) => NAME in source)?.[NAME]
  if (layout === undefined) throw new Error('the build info lacks the registry')
  return Layout.parse(layout.storageLayout)
}

/** The members of a struct by its label, each as `name slot:offset type`. */
export function structIn(layout: Layout, label: string): string[] {
  const struct = Object.values(layout.types).find((type) => type.label === `struct ${label}`)
  return (struct?.members ?? []).map(({ label: name, slot, offset, type }) => {
    return `${name} ${slot}:${offset} ${layout.types[type]?.label ?? '?'}`
  })
}

function padded(value: bigint | string): string {
  return toBeHex(BigInt.asUintN(256, BigInt(value)), 32)
}

/**
 * The slot that a path of keys leads to: mapping keys, array positions and struct members in turn.
 * `locate(layout, '_batches', issuer, root, 'revoked', 1)`
 */
export function locate(
  layout: Layout,
  variable: string,
  ...keys: readonly (string | number)[]
): string {
  const root = layout.storage.find(({ label }) => label === variable)
  if (root === undefined) throw new Error(`the contract has no ${variable}`)
  let slot = BigInt(root.slot)
  let type = layout.types[root.type]
  for (const key of keys) {
    if (type?.encoding === 'mapping') {
      slot = BigInt(keccak256(`${padded(String(key))}${padded(slot).slice(2)}`))
      type = layout.types[type.value ?? '']
    } else if (type?.encoding === 'dynamic_array') {
      type = layout.types[type.base ?? '']
      const words = BigInt(type?.numberOfBytes ?? 0) / 32n
      slot = BigInt(keccak256(padded(slot))) + words * BigInt(key)
    } else {
      const member = type?.members?.find(({ label }) => label === key)
      if (member === undefined) throw new Error(`nothing called ${key}`)
      slot += BigInt(member.slot)
      type = layout.types[member.type]
    }
  }
  return padded(slot)
}
