/** A port that fails once, at one of its methods: before it does its work, or after it did and could not say so. */

/** The fault that was put in. */
export class Fault extends Error {
  override readonly name = 'Fault'
}

export type FaultyPort<Port> = {
  readonly port: Port
  /** Whether the fault has happened. */
  happened(): boolean
}

/** Wraps `port` so that its `nth` call of `method` fails. */
export function failing<Port extends object>(
  port: Port,
  method: string & keyof Port,
  when: 'before' | 'after',
  nth = 1,
): FaultyPort<Port> {
  let calls = 0
  const proxy = new Proxy(port, {
    get: (target, name, receiver) => {
      const real: unknown = Reflect.get(target, name, receiver)
      if (name !== method || typeof real !== 'function') return real
      return async (...args: unknown[]): Promise<unknown> => {
        calls += 1
        const isFault = calls === nth
        if (isFault && when === 'before') throw new Fault(`${method} before`)
        const result: unknown = await Reflect.apply(real, target, args)
        if (isFault) throw new Fault(`${method} after`)
        return result
      }
    },
  })
  return { port: proxy, happened: () => calls >= nth }
}
