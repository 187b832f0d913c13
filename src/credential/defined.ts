/** Members and lists as credentials have them: those that are there. */

import type { Json, JsonObject } from '../primitives/json.ts'

/** Leaves out the members without a value: a credential has no null. Names are of ours, `__proto__` is none. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const there: Record<string, Json> = {}
  for (const name of Object.keys(members)) {
    const value = members[name]
    if (value !== undefined) there[name] = value
  }
  return there
}

/** A list without items is no member. */
export function filled<Item extends Json>(
  items: readonly Item[] | undefined,
): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items
}
