import { build } from 'esbuild'

/** A file of this repository, with all that it imports, as a script whose exports become members of `window.subject`. */
export async function bundleOf(entry: string, { minify }: { minify: boolean }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify,
    platform: 'browser',
    format: 'iife',
    globalName: 'subject',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
