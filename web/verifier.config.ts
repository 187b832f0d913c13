/**
 * How the verifier becomes one file: its script and its style stand in the page itself, which names their hashes in its
 * security policy and can run and ask for nothing else. The same sources give the same bytes.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import type { Rolldown } from 'vite'

const HERE = import.meta.dirname
const TEMPLATE = join(HERE, 'verifier', 'file.html')

export type VerifierFile = {
  readonly html: Uint8Array
  /** Packages whose code is in it, by name, sorted. */
  readonly packages: readonly string[]
}

export async function buildVerifierFile(): Promise<VerifierFile> {
  const parts = await outputOf()
  const chunks = parts.flatMap((part) => (part.type === 'chunk' ? [part] : []))
  const [chunk, ...more] = chunks
  if (chunk === undefined || more.length > 0) throw new Error('the verifier is not one script')
  const others = parts.filter((part) => part !== chunk)
  const styles = others.flatMap((part) => {
    if (part.type === 'asset' && part.fileName.endsWith('.css')) return [String(part.source)]
    throw new Error(`${part.fileName} would stand outside of the file`)
  })
  const template = await readFile(TEMPLATE, 'utf8')
  const html = fileOf(template, scriptText(chunk.code), styles.join('\n').trim())
  return { html: new TextEncoder().encode(html), packages: packagesOf(chunk.moduleIds) }
}

async function outputOf(): Promise<(Rolldown.OutputChunk | Rolldown.OutputAsset)[]> {
  const result = await build({
    configFile: false,
    root: HERE,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      // Nothing stands beside the file.
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: {
        input: join(HERE, 'verifier', 'file.tsx'),
        output: { codeSplitting: false },
      },
    },
  })
  if (!('output' in result)) throw new Error('the build gives more than one output')
  return result.output
}

/** What would end the element that the script stands in, spelled in another way that means the same. */
function scriptText(code: string): string {
  const text = code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  return `\n${text}\n`
}

function fileOf(template: string, script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    'img-src data: blob:',
    // A reader may ask any provider, as on the page that a site serves.
    'connect-src https: http://127.0.0.1:* http://localhost:*',
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ]
  const parts = [
    ['content="policy"', `content="${policy.join('; ')}"`],
    ['<style></style>', `<style>${style}</style>`],
    ['<script type="module"></script>', `<script type="module">${script}</script>`],
  ] as const
  return parts.reduce((html, [place, content]) => {
    if (html.split(place).length !== 2) throw new Error(`the template has not one ${place}`)
    return html.replace(place, () => content)
  }, template)
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function packagesOf(moduleIds: readonly string[]): string[] {
  const names = moduleIds.flatMap((id) => {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? []
    return name === undefined ? [] : [name]
  })
  return [...new Set(names)].sort()
}
