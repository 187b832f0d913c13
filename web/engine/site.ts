/** What the site that serves a page says of itself: the policy by which it judges. It is its choice, and labelled so. */
import { parsePolicy } from '../../src/index.ts'
import { fetchBytes } from './http.ts'
import type { ReadPolicy } from './judge.ts'

const LIMITS = { timeoutMs: 15_000, maxBytes: 1024 * 1024 }

/** Rejects where the site gives none. */
export async function sitePolicy(): Promise<ReadPolicy> {
  const { status, bytes } = await fetchBytes('/api/v1/policy', LIMITS)
  if (status !== 200) throw new Error('this site gives no policy')
  return { bytes, policy: parsePolicy(bytes) }
}
