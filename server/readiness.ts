/** Whether everything that the service rests on answers; the process itself may be in the best of health. */

export type Check = 'store' | 'chain' | 'documents'
export type Readiness = Readonly<Record<Check, boolean>>

const TIMEOUT_MS = 5000

/** Each check rejects where its part is not there; what does not answer within five seconds is not there. */
export function readinessOf(
  checks: Readonly<Record<Check, () => Promise<unknown>>>,
): () => Promise<Readiness> {
  return async () => {
    const [store, chain, documents] = await Promise.all(
      [checks.store, checks.chain, checks.documents].map(answers),
    )
    return { store: store === true, chain: chain === true, documents: documents === true }
  }
}

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, false)
  })
  const asked = check().then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
