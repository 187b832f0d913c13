/** Drafts outlive a reload and a session: they are kept in this browser, by issuer, and hold nothing of a learner. */
import { FormatError, parseJsonText } from '../../../src/index.ts'
import { isObject } from '../../engine/members.ts'
import type { Draft } from './draft.ts'

function nameOf(account: string, template: string): string {
  return `inaltera-template:${account}:${template}`
}

/** @param template id of the version that is changed, or `new` */
export function keptDraft(account: string, template: string): Draft | undefined {
  try {
    const text = localStorage.getItem(nameOf(account, template))
    const json = text === null ? undefined : parseJsonText(text)
    return isObject(json) ? json : undefined
  } catch (error) {
    // Storage may be refused; what stands in it may be anybody's.
    if (error instanceof FormatError || error instanceof DOMException) return undefined
    throw error
  }
}

/** Undefined forgets it. Says whether it is kept. */
export function keepDraft(account: string, template: string, draft: Draft | undefined): boolean {
  try {
    const name = nameOf(account, template)
    if (draft === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
