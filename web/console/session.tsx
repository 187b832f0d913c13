/**
 * Who is signed in. The key that is typed is exchanged for a cookie that no script reads, and kept nowhere. A session
 * that ends leaves the place as it is under a dialog that asks for a key again; whatever was waiting then goes on. Where
 * another issuer signs in, in this window or another, the place begins anew.
 */
import { createContext } from 'preact'
import type { ComponentChildren } from 'preact'
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { apiOf } from './api.ts'
import type { Api } from './api.ts'
import { asProblem, Problem } from './problem.ts'
import { ProblemNote } from './problem-note.tsx'
import { currentSession, endSession } from './session-api.ts'
import type { Session } from './session-api.ts'
import { SignIn } from './sign-in.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { Waiting } from './waiting.tsx'

export type SignedIn = {
  readonly session: Session
  readonly api: Api
  /** Whether the key has the scope; what it may not do is not offered. */
  readonly may: (scope: string) => boolean
  readonly signOut: () => Promise<void>
}

const Context = createContext<SignedIn | undefined>(undefined)

/** Throws outside of what stands within `<WithSession>`. */
export function useSession(): SignedIn {
  const signedIn = useContext(Context)
  if (signedIn === undefined) throw new Error('nobody is signed in here')
  return signedIn
}

export function useApi(): Api {
  return useSession().api
}

/** Shows what needs a session to whoever is signed in, and the way in to everybody else. */
export function WithSession({ children }: { readonly children: ComponentChildren }) {
  const { state, hasEnded, api, enter, leave } = useSigning()
  if (state.is === 'asking') return <Waiting />
  if (state.is === 'out') {
    return <SignIn enter={enter}>{state.problem && <ProblemNote problem={state.problem} />}</SignIn>
  }
  const { session } = state
  const signedIn: SignedIn = {
    session,
    api,
    may: (scope) => session.key.scopes.includes(scope),
    signOut: async () => {
      await endSession().catch((error: unknown) => {
        if (asProblem(error).status !== 401) throw error
      })
      leave()
    },
  }
  return (
    <Context.Provider value={signedIn} key={session.issuer.account}>
      {children}
      {hasEnded && <SignInAgain issuer={session.issuer} enter={enter} leave={leave} />}
    </Context.Provider>
  )
}

type State =
  | { readonly is: 'asking' }
  | { readonly is: 'out'; readonly problem?: Problem }
  | { readonly is: 'in'; readonly session: Session }

type Signing = {
  readonly state: State
  /** Somebody is signed in by what this page knows, and the server says that it counts no more. */
  readonly hasEnded: boolean
  readonly api: Api
  readonly enter: (session: Session) => void
  readonly leave: () => void
}

function useSigning(): Signing {
  const [state, setState] = useState<State>({ is: 'asking' })
  const [hasEnded, setEnded] = useState(false)
  const waiters = useWaiters()
  const account = state.is === 'in' ? state.session.issuer.account : undefined
  const api = useMemo(() => {
    const signInAgain = (): Promise<void> => {
      setEnded(true)
      return waiters.wait()
    }
    return apiOf(signInAgain)
  }, [account])
  const settle = (next: State, isSame: boolean): void => {
    waiters.settle(isSame)
    setEnded(false)
    setState(next)
  }
  const enter = (session: Session): void => {
    const isSame = account === undefined || session.issuer.account === account
    noteSignedIn(true)
    settle({ is: 'in', session }, isSame)
  }
  const look = (): void => {
    // Nobody who never signed in here is asked about: each wrong answer counts against whoever asks.
    if (account === undefined && !mayBeSignedIn()) {
      setState({ is: 'out' })
      return
    }
    currentSession().then(enter, (error: unknown) => {
      const problem = asProblem(error)
      if (account !== undefined) setEnded((before) => before || problem.status === 401)
      else setState(problem.status === 401 ? { is: 'out' } : { is: 'out', problem })
    })
  }
  useLook(look)
  const leave = (): void => {
    noteSignedIn(false)
    settle({ is: 'out' }, false)
  }
  return { state, hasEnded, api, enter, leave }
}

type Waiters = {
  readonly wait: () => Promise<void>
  readonly settle: (isSame: boolean) => void
}

/** What waits for somebody to sign in: it goes on for the same issuer, and ends for another. */
function useWaiters(): Waiters {
  return useMemo(() => {
    const waiting: { resolve: () => void; reject: (problem: Problem) => void }[] = []
    return {
      wait: () =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject })
        }),
      settle: (isSame) => {
        for (const { resolve, reject } of waiting.splice(0)) {
          if (isSame) resolve()
          else reject(new Problem('not-authenticated', 401))
        }
      },
    }
  }, [])
}

const NOTE = 'inaltera-console'

/** Whether somebody signed in with this browser and did not sign out; true where its storage cannot say. */
function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(NOTE) !== null
  } catch {
    return true
  }
}

/** Of a session, only that there is one is noted. */
function noteSignedIn(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(NOTE, 'signed in')
    else localStorage.removeItem(NOTE)
  } catch {
    return
  }
}

/** At the start, and on coming back: another window may have signed somebody else in or out meanwhile. */
function useLook(look: () => void): void {
  const latest = useRef(look)
  latest.current = look
  useEffect(() => {
    latest.current()
    const back = (): void => {
      if (document.visibilityState === 'visible') latest.current()
    }
    document.addEventListener('visibilitychange', back)
    return () => {
      document.removeEventListener('visibilitychange', back)
    }
  }, [])
}
