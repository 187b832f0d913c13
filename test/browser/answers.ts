/**
 * One question, one answer as text, by the library alone: the same file is imported by Node and bundled for Chromium,
 * and what the two say is compared.
 */
import * as inaltera from '../../src/index.ts'
import type { Commitment } from '../../src/index.ts'

export type Question =
  /** Bytes in hex, read strictly as JSON and printed by JCS. */
  | { readonly kind: 'json'; readonly hex: string }
  | { readonly kind: 'certificate'; readonly hex: string }
  | { readonly kind: 'policy'; readonly hex: string }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'account'; readonly text: string }
  | { readonly kind: 'base64url'; readonly text: string }
  | { readonly kind: 'hashes'; readonly hex: string }
  /** Which of the hashing kernels answers. */
  | { readonly kind: 'kernel' }
  | { readonly kind: 'salts'; readonly seed: string; readonly pointers: readonly string[] }
  /** Commitments in index order: the root, then every path. */
  | { readonly kind: 'tree'; readonly commitments: readonly string[] }

/** What the library answers, or the code and field with which it refuses. */
export function answerTo(question: Question): string {
  try {
    return answer(question)
  } catch (error) {
    if (error instanceof inaltera.FormatError) return `${error.code} at ${error.field}`
    throw error
  }
}

export function answersTo(questions: readonly Question[]): string[] {
  return questions.map(answerTo)
}

function bytesOf(hex: string): Uint8Array {
  return inaltera.bytesOfHex(`0x${hex}`)
}

function answer(question: Question): string {
  switch (question.kind) {
    case 'json':
      return inaltera.canonicalText(inaltera.parseJson(bytesOf(question.hex)))
    case 'certificate': {
      const certificate = inaltera.parseCertificate(bytesOf(question.hex))
      const printed = inaltera.hexOf(inaltera.printCertificate(certificate))
      return `${inaltera.commitmentOfCertificate(certificate)} ${printed}`
    }
    case 'policy':
      return inaltera.parsePolicy(bytesOf(question.hex)).digest
    case 'time':
      return inaltera.printInstant(inaltera.parseInstant(question.text, 'text'))
    case 'account':
      return inaltera.parseAccount(question.text, 'text').text
    case 'base64url':
      return inaltera.hexOf(inaltera.parseBase64url(question.text, 'text'))
    case 'hashes': {
      const bytes = bytesOf(question.hex)
      return inaltera.hexOf(inaltera.sha256(bytes)) + inaltera.hexOf(inaltera.keccak256(bytes))
    }
    case 'kernel':
      return inaltera.hashKernel().kind
    case 'salts': {
      const pointers = question.pointers.map((pointer) => inaltera.parsePointer(pointer, 'pointer'))
      const { salt, byPointer } = inaltera.saltsOf(bytesOf(question.seed), pointers)
      return [salt, ...[...byPointer].flat()].join(' ')
    }
    case 'tree': {
      const commitments = question.commitments.map(
        (text) => inaltera.parseHash32(text, 'commitment') as Commitment,
      )
      const tree = inaltera.treeOf(commitments)
      return [tree.root, ...commitments.map((_, index) => tree.pathOf(index).join())].join(' ')
    }
  }
}
