/** Credentials as a school issues them: the example template, invented learners, six claims that can be hidden. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentialOf, invariant, parseAddress, parseJson, parseTemplate } from '../src/index.ts'
import type { Credential, Template } from '../src/index.ts'

const EXAMPLES = join(import.meta.dirname, '..', 'examples')
export const HOME = 'eip155:31337:0x8d01ed96731909a9c62447975bf8b2ea1e836dbf'
export const ISSUER = parseAddress('0x2a4456b93cf5396854a82f3ff52bbef123b0fbd5', 'issuer')

export function exampleTemplate(): Template {
  return parseTemplate(parseJson(new Uint8Array(readFileSync(join(EXAMPLES, 'template.json')))))
}

/** So many credentials, one after the other; those of the same number are the same. */
export function* credentials(template: Template, count: number): Generator<Credential> {
  const rows = readFileSync(join(EXAMPLES, 'apprenants.csv'), 'utf8').trim().split(/\r?\n/)
  const [header = '', ...lines] = rows
  const columns = header.split(';')
  for (let at = 0; at < count; at += 1) {
    const cells = (lines[at % lines.length] ?? '').split(';')
    const row = new Map(columns.map((column, i) => [column, cells[i] ?? '']))
    const hex = at.toString(16).padStart(12, '0')
    const made = credentialOf(template, row, {
      credentialId: `urn:uuid:00000000-0000-4000-8000-${hex}`,
      subjectId: `urn:uuid:00000000-0000-4000-9000-${hex}`,
      issuer: { chainId: '31337', address: ISSUER },
      issuedAt: '2026-06-15T05:00:00Z',
    })
    invariant('credential' in made, `row ${at} of the example is good`)
    yield made.credential
  }
}
