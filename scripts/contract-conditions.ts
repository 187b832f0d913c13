/** The conditions of a Solidity source, found in the compiler's own syntax tree. */
import { createRequire } from 'node:module'

type Outcome = 'true' | 'false'

/** An operand that is true or false by itself: `a` and `b` of `if (a || !b)`. */
export interface Condition {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly text: string
  /** The lines on which `withOutcomesAsLines` puts what is run when it is true, and when it is false. */
  readonly lineOf: Readonly<Record<Outcome, number>>
}

interface Node {
  readonly nodeType: string
  readonly src: string
  readonly operator?: string
  readonly condition?: Node | null
  readonly leftExpression?: Node
  readonly rightExpression?: Node
  readonly subExpression?: Node
  readonly components?: readonly Node[]
}

const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }

function syntaxTreeOf(source: string): Node {
  const input = {
    language: 'Solidity',
    sources: { it: { content: source } },
    settings: { stopAfter: 'parsing', outputSelection: { it: { '': ['ast'] } } },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    readonly errors?: readonly { readonly formattedMessage: string }[]
    readonly sources?: { readonly it?: { readonly ast?: Node } }
  }
  const tree = output.sources?.it?.ast
  if (tree === undefined) throw new Error(output.errors?.[0]?.formattedMessage ?? 'no syntax tree')
  return tree
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value
}

function nodesBelow(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesBelow)
  if (!isNode(value)) return []
  return [value, ...Object.values(value).flatMap(nodesBelow)]
}

const isLogic = (node: Node): boolean =>
  node.nodeType === 'BinaryOperation' && (node.operator === '&&' || node.operator === '||')

/** What a condition is made of, without the logic that joins it. */
function operandsOf(node: Node): Node[] {
  const { leftExpression, rightExpression, subExpression, components } = node
  if (isLogic(node)) return [leftExpression, rightExpression].filter(isNode).flatMap(operandsOf)
  const isNot = node.nodeType === 'UnaryOperation' && node.operator === '!'
  if (isNot && subExpression !== undefined) return operandsOf(subExpression)
  const inner = node.nodeType === 'TupleExpression' ? components?.[0] : undefined
  return inner === undefined ? [node] : operandsOf(inner)
}

/** Every operand on which the course of the contract depends, in the order of the source. */
export function conditionsOf(source: string): Condition[] {
  const bytes = Buffer.from(source)
  const decisions = nodesBelow(syntaxTreeOf(source)).flatMap((node) => {
    if (isLogic(node)) return [node]
    return isNode(node.condition) ? [node.condition] : []
  })
  const places = new Map(decisions.flatMap(operandsOf).map(({ src }) => [src, src.split(':')]))
  const spans = [...places.values()]
    .map(([start, length]) => ({ start: Number(start), end: Number(start) + Number(length) }))
    .sort((a, b) => a.start - b.start)
  const first = source.trimEnd().split('\n').length
  return spans.map(({ start, end }, at) => ({
    start,
    end,
    line: bytes.subarray(0, start).toString().split('\n').length,
    text: bytes.subarray(start, end).toString().replaceAll(/\s+/g, ' '),
    lineOf: { true: first + 2 * at, false: first + 2 * at + 1 },
  }))
}

/**
 * The same contract, in which each condition `c` is `(c ? _true7() : _false7())`, and those two functions stand on lines
 * of their own behind all others: whoever counts lines counts outcomes. Lines before them keep their numbers. `suffix`
 * keeps the names of one file from those of another that it inherits.
 */
export function withOutcomesAsLines(
  source: string,
  conditions: readonly Condition[],
  suffix: string,
): string {
  const bytes = Buffer.from(source.trimEnd())
  const insertions = conditions.flatMap(({ start, end }, at) => [
    { place: start, text: '(' },
    { place: end, text: ` ? _true${at}${suffix}() : _false${at}${suffix}())` },
  ])
  let text = ''
  let from = 0
  for (const insertion of insertions.sort((a, b) => a.place - b.place)) {
    text += bytes.subarray(from, insertion.place).toString() + insertion.text
    from = insertion.place
  }
  text += bytes.subarray(from).toString()
  const functions = conditions.flatMap((_, at) =>
    (['true', 'false'] as const).map(
      (outcome) =>
        `function _${outcome}${at}${suffix}() private pure returns (bool) { return ${outcome}; }`,
    ),
  )
  return `${text.slice(0, -1)}${functions.join('\n')}\n}\n`
}
