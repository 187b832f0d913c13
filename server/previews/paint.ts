/**
 * From a drawing to the bytes of a PNG. The painter is compiled to WebAssembly: the same on every system, nothing to
 * install beside it, and nothing within its reach but the drawing that it is given.
 */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** Loaded with the first picture, once for the process. */
let loading: Promise<void> | undefined

export async function paint(svg: string): Promise<Uint8Array> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  await loading
  const drawing = new Resvg(svg, { font: { loadSystemFonts: false } })
  try {
    const image = drawing.render()
    try {
      // Of its own memory, which is freed.
      return new Uint8Array(image.asPng())
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}

async function load(): Promise<void> {
  await initWasm(
    await readFile(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))),
  )
}
