/** `inaltera disclose`: a presentation that shows no more than its holder wishes. */

import { realpath } from 'node:fs/promises'
import type { Command } from 'commander'
import { hideClaims, parseCertificate, printCertificate } from '../../src/index.ts'
import type { Certificate, HidablePointer } from '../../src/index.ts'
import { isLink, loadDocument } from '../document.ts'
import { EXIT, reading, usage } from '../failure.ts'
import type { Exit } from '../failure.ts'
import { writeBytes } from '../files.ts'
import { printable } from '../printable.ts'
import { commandOf, run } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { claimName } from '../verdict-report.ts'

type Options = { readonly hide?: string; readonly show?: string; readonly output?: string }

export function addDisclose(program: Command, terminal: Terminal): void {
  commandOf(program, 'disclose', 'make a presentation: a certificate with some claims hidden')
    .argument('<file|link>', 'certificate file, - for standard input, or holder link')
    .option('--hide <claims>', 'names of the claims to hide, separated by commas')
    .option('--show <claims>', 'names of the claims to show; all others are hidden ("" hides all)')
    .option('-o, --output <file>', 'where to write it; by default to standard output')
    .action((target: string, options: Options) => run(() => disclose(target, options, terminal)))
}

async function disclose(target: string, options: Options, terminal: Terminal): Promise<Exit> {
  const { words } = terminal
  const { hide, show, output } = options
  if ((hide === undefined) === (show === undefined)) throw usage('hide-or-show', words.hideOrShow)
  if (output !== undefined) await refuseOverwriting(output, target, terminal)
  const source = isLink(target) ? '' : target
  const certificate = await reading(source, words, async () =>
    parseCertificate(await loadDocument(target, words)),
  )
  const named = pointersOf((hide ?? show ?? '').split(','), certificate, terminal)
  const hidden =
    hide === undefined
      ? [...certificate.disclosed.keys()].filter((pointer) => !named.includes(pointer))
      : named
  const presentation = hideClaims(certificate, hidden)
  const bytes = printCertificate(presentation)
  if (output === undefined) {
    process.stdout.write(bytes)
    return EXIT.done
  }
  await writeBytes(output, bytes, words)
  tell(terminal, presentation, output)
  return EXIT.done
}

/** Names as pointers; each must be one that this certificate shows or hides already. */
function pointersOf(
  names: readonly string[],
  { disclosed, hidden }: Certificate,
  { words }: Terminal,
): HidablePointer[] {
  const known = [...disclosed.keys(), ...hidden.keys()]
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const pointer = known.find((one) => one === name || claimName(one) === name)
      if (pointer !== undefined) return pointer
      const message = words.noSuchClaim(printable(name), known.map(claimName).join(', '))
      throw usage('no-such-claim', message)
    })
}

async function refuseOverwriting(
  output: string,
  target: string,
  { words }: Terminal,
): Promise<void> {
  const [to, from] = await Promise.all(
    [output, target].map((path) => realpath(path).catch(() => undefined)),
  )
  if (to !== undefined && to === from) throw usage('own-file', words.ownFile)
}

function tell(terminal: Terminal, { disclosed, hidden }: Certificate, output: string): void {
  const { json, words, answer, say } = terminal
  const shown = [...disclosed.keys()].sort()
  const unseen = [...hidden.keys()].sort()
  if (json) {
    answer({ file: output, shown, hidden: unseen })
    return
  }
  const list = (pointers: readonly HidablePointer[]): string =>
    pointers.length === 0 ? words.labels.nothing : pointers.map(claimName).join(', ')
  say(words.saved(printable(output)))
  say(words.presentation(list(shown), list(unseen)))
}
