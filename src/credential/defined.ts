/** Members and lists as credentials have them: those that are there. */

import type { Json, JsonObject } from '../primitives/json.ts'

/** Leaves out the members without a value: a credential has no null. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** A list without items is no member. */
export function filled<Item extends Json>(
  items: readonly Item[] | undefined,
): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items
}
