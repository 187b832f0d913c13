/** Which network the issuer's account is on, by the policy of this site. */
import { parseAccount, presetOfChain } from '../../src/index.ts'
import { sitePolicy } from '../engine/site.ts'
import { useLoaded } from './load.ts'
import { useSession } from './session.tsx'

export type Network = {
  /** Undefined until it is known, and for a chain that the policy does not name. */
  readonly kind: 'main' | 'test' | 'local' | undefined
  readonly name: string | undefined
}

export function useNetwork(): Network {
  const { account } = useSession().session.issuer
  const { chainId } = parseAccount(account, 'issuer/account')
  const { value: kind } = useLoaded(async () => {
    const { registries } = (await sitePolicy()).policy
    return registries.find(({ home }) => home.chainId === chainId)?.kind
  }, [chainId])
  return { kind, name: presetOfChain(chainId)?.name }
}
