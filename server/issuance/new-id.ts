import { randomBytes } from 'node:crypto'

const ID_BYTES = 16

/** 128 random bits as base64url, for a batch or a template. It begins with no `-`, which a command would take for an option. */
export function newId(): string {
  for (;;) {
    const id = randomBytes(ID_BYTES).toString('base64url')
    if (!id.startsWith('-')) return id
  }
}
