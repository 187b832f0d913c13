/** Every route there is. A new endpoint is a file of its own here and one line below. */

import { deleteKey } from './deleteKey.ts'
import { getBlock } from './getBlock.ts'
import { getDocs, getDocsScript, getDocsStyle } from './getDocs.ts'
import { getHealth } from './getHealth.ts'
import { getKeys } from './getKeys.ts'
import { getOpenapi } from './getOpenapi.ts'
import { getReady } from './getReady.ts'
import { getServerKey } from './getServerKey.ts'
import { postKeys } from './postKeys.ts'
import { postVerifications } from './postVerifications.ts'
import type { Route } from './route.ts'

export const ROUTES: readonly Route[] = [
  getHealth,
  getReady,
  getBlock,
  getServerKey,
  postVerifications,
  getKeys,
  postKeys,
  deleteKey,
  getOpenapi(() => ROUTES),
  getDocs,
  getDocsScript,
  getDocsStyle,
]
