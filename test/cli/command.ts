import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from '../support/source.ts'

export type Ended = {
  readonly code: number
  readonly out: string
  readonly err: string
  /** stdout as JSON; undefined where it is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined
}

export type Called = {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
}

const MAIN = join(ROOT, 'cli/main.ts')
export const PASSPHRASE = 'correct horse battery'

/** An environment in which nothing of the machine's own decides language or folder. */
function environmentOf(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '', TMPDIR, INALTERA_ANVIL, NODE_COMPILE_CACHE } = process.env
  return {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(INALTERA_ANVIL === undefined ? {} : { INALTERA_ANVIL }),
    ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
    INALTERA_PASSPHRASE: PASSPHRASE,
    ...more,
  }
}

/** Runs `inaltera <args>` as its user does: a process of its own, without a terminal. */
export async function inaltera(args: readonly string[], called: Called): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd: called.cwd,
    env: environmentOf(called.env),
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.end(called.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  const text = Buffer.concat(out).toString('utf8')
  return {
    code: code ?? -1,
    out: text,
    err: Buffer.concat(err).toString('utf8'),
    json: jsonOf(text),
  }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** The code of the error that a command ended with. */
export function codeOf({ json }: Ended): unknown {
  const error = json?.['error']
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

export type Serving = { readonly url: string; stop(): Promise<number> }

/** `inaltera serve` until it is stopped with SIGTERM; resolves once it listens. */
export async function serving(args: readonly string[], called: Called): Promise<Serving> {
  const node = ['--disable-warning=ExperimentalWarning', MAIN, 'serve', '--json', ...args]
  const child = spawn(process.execPath, node, {
    cwd: called.cwd,
    env: environmentOf(called.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const out: Buffer[] = []
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk)
      const said = jsonOf(Buffer.concat(out).toString('utf8'))
      if (typeof said?.['url'] === 'string') resolve(said['url'])
    })
    child.once('close', () => {
      reject(new Error(`serve ended: ${Buffer.concat(errors).toString('utf8')}`))
    })
  })
  return {
    url,
    stop: async () => {
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      const [code] = (await closed) as [number | null]
      return code ?? -1
    },
  }
}
