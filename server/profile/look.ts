/** How an issuer wants its certificates to look where this server draws them. */

import { parseAccount } from '../../src/index.ts'
import type { ProfileStore } from '../storage/profiles.ts'
import { printLogo } from './logo.ts'
import { readProfile } from './profile.ts'

export type IssuerLook = {
  readonly colours: readonly string[] | undefined
  /** A data URL. */
  readonly logo: string | undefined
}

/** By account (CAIP-10); undefined for who says nothing of itself here. */
export function looksIn(store: Pick<ProfileStore, 'findProfile'>) {
  return async (account: string): Promise<IssuerLook | undefined> => {
    const stored = await store.findProfile(parseAccount(account, 'account').address)
    if (stored === undefined) return undefined
    const profile = readProfile(stored)
    // The same address on another chain is another account.
    if (profile.account !== account) return undefined
    return { colours: profile.colours, logo: stored.logo && printLogo(stored.logo) }
  }
}
