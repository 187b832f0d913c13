/** The repository's own TypeScript, read by the compiler's parser: what the architecture test judges. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  readonly line: number
  /** A path from the root where the specifier is relative, else the specifier as it stands. */
  readonly target: string
  readonly isRelative: boolean
}

export interface Source {
  /** From the root, with `/`. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly functions: readonly { readonly line: number; readonly lines: number }[]
  /** Lines on which something stands that this repository does not write, each with its name. */
  readonly oddities: readonly { readonly line: number; readonly name: Oddity }[]
}

export type Oddity = 'default export' | 'export *' | 'any' | 'console' | 'namespace'

/** Every file below a folder whose name ends so, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith(ending) && !path.includes('node_modules/'))
    .sort()
}

export function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return parseSource(path, text)
}

export function parseSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true)
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1
  const linesOf = (node: ts.Node) => lineOf(node.getEnd()) - lineOf(node.getStart(file)) + 1
  const imports: Import[] = []
  const functions: { line: number; lines: number }[] = []
  const oddities: { line: number; name: Oddity }[] = []
  const visit = (node: ts.Node): void => {
    const line = lineOf(node.getStart(file))
    const specifier = specifierOf(node)
    if (specifier !== undefined) imports.push(importOf(path, line, specifier))
    if (hasBody(node)) functions.push({ line, lines: ownLines(node, linesOf) })
    const name = oddityOf(node)
    if (name !== undefined) oddities.push({ line, name })
    ts.forEachChild(node, visit)
  }
  visit(file)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return { path, text, lines, imports, functions, oddities }
}

function importOf(path: string, line: number, specifier: string): Import {
  const isRelative = specifier.startsWith('.')
  const target = isRelative ? posix.join(dirname(path), specifier) : specifier
  return { line, target, isRelative }
}

/** What a node imports: statically, by `import()`, in a type, or as the file of a worker (`new URL('./x.ts', …)`). */
function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier)
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return textOf(node.argument.literal)
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return textOf(node.arguments[0])
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
    const file = textOf(node.arguments?.[0])
    return file?.endsWith('.ts') === true && file.startsWith('.') ? file : undefined
  }
  return undefined
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}

function hasBody(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

/** A function's own lines: all but those inside the functions within it, which are counted by themselves. */
function ownLines(node: ts.Node, linesOf: (node: ts.Node) => number): number {
  let inner = 0
  const visit = (child: ts.Node): void => {
    if (hasBody(child)) inner += linesOf(child) - 1
    else ts.forEachChild(child, visit)
  }
  ts.forEachChild(node, visit)
  return linesOf(node) - inner
}

function oddityOf(node: ts.Node): Oddity | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (ts.isExportAssignment(node)) return 'default export'
  if (ts.isExportSpecifier(node) && node.name.text === 'default') return 'default export'
  if (ts.canHaveModifiers(node)) {
    const modifiers = ts.getModifiers(node) ?? []
    const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
    if (isDefault) return 'default export'
  }
  if (ts.isExportDeclaration(node) && node.exportClause === undefined) return 'export *'
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console') {
    return 'console'
  }
  if (ts.isModuleDeclaration(node) && !ts.isStringLiteral(node.name)) return 'namespace'
  return undefined
}
