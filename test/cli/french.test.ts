/** Defends that French is whole, down to the help, and written as French is set. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { expect } from 'chai'
import ts from 'typescript'
import { everyCommand } from '../../cli/commands.ts'
import { terminalOf } from '../../cli/terminal.ts'
import { helpFr } from '../../cli/texts/help-fr.ts'
import { ROOT } from '../support/source.ts'
import { inaltera } from './command.ts'

const CATALOGUES = ['fr.ts', 'issuer-fr.ts', 'service-fr.ts', 'help-fr.ts']

/** Every text of a file but names of members and modules. */
function textsIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const walk = (node: ts.Node): void => {
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node)
    const isRest = ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
    if ((isText || isRest) && !isName && !ts.isImportDeclaration(node.parent)) found.push(node.text)
    ts.forEachChild(node, walk)
  }
  ts.forEachChild(source, walk)
  return found
}

/** All English that a program and its commands hold. */
function englishOf(command: Command): string[] {
  return [
    command.description(),
    ...command.options.map(({ description }) => description),
    ...command.registeredArguments.map(({ description }) => description),
    ...command.commands.flatMap(englishOf),
  ].filter((text) => text !== '')
}

describe('French at a terminal', () => {
  for (const name of CATALOGUES) {
    it(`has its apostrophes and its spaces right in ${name}`, () => {
      const texts = textsIn(join(ROOT, 'cli/texts', name))
      expect(texts.length).to.be.greaterThan(30)
      const wrong = texts.filter((text) =>
        /\p{L}'|[^\u202f][;!?»]|\S :|[ \p{L}]:(?= |$)|«(?!\u202f)/u.test(text),
      )
      expect(wrong).to.deep.equal([])
    })
  }

  it('has a French text for every English one of the help, and none beside', () => {
    const english = new Set([
      ...englishOf(everyCommand(terminalOf([], {}))),
      'display help for command',
      'Verifies certificates anchored by Inaltera, trusting no server.',
    ])
    expect(Object.keys(helpFr).sort()).to.deep.equal([...english].sort())
  })

  it('is what --help and errors of a call speak where the locale is French, and nowhere else', async () => {
    const cwd = ROOT
    const { out, code } = await inaltera(['erase', '--help'], { cwd, env: { LANG: 'fr_FR.UTF-8' } })
    expect(code).to.equal(0)
    for (const part of [
      'Emploi\u202f:',
      'effacer un certificat',
      'afficher l’aide',
      'au choix\u202f:',
    ])
      expect(out).to.include(part)
    expect(out).to.not.match(/Usage:|Options:|default:|choices:/)
    const wrong = await inaltera(['erase', '--nothing', '--lang', 'fr'], { cwd })
    expect([wrong.code, wrong.err]).to.satisfy(
      ([status, text]: [number, string]) => status === 64 && text.includes('option inconnue'),
    )
    const { out: english } = await inaltera(['erase', '--help'], { cwd })
    expect(english).to.include('Usage:').and.not.include('Emploi')
  })
}).timeout(60_000)
