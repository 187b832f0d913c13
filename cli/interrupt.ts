/** Being told to stop in the middle of work. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Does `work`. Told to stop by a signal it closes first, so that what it holds is free for whoever comes next, and then
 * ends as the signal would have ended it; a second one ends it at once.
 */
export async function interruptible<T>(
  close: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  let ending: Promise<never> | undefined
  const forget = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, stop)
  }
  const stop = (signal: NodeJS.Signals): void => {
    forget()
    ending = close()
      .catch(() => undefined)
      .then(() => {
        process.kill(process.pid, signal)
        return new Promise<never>(() => undefined)
      })
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  try {
    return await work()
  } catch (error) {
    // The work fails because it is stopped: that is no error to tell.
    if (ending !== undefined) await ending
    throw error
  } finally {
    forget()
  }
}
