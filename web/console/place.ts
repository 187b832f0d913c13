/** Where in the console one is, as the address says it after `#`: `/console#/batches/<id>?state=final`. */
import { useEffect, useState } from 'preact/hooks'

export const PLACES = ['batches', 'templates', 'certificates', 'statistics', 'settings'] as const
export type PlaceName = (typeof PLACES)[number]

export type Place = {
  readonly name: PlaceName
  /** What follows the name, decoded: an id, then perhaps what is done with it. */
  readonly path: readonly string[]
  /** How it is looked at: a filter, a page. Nothing of a learner stands here. */
  readonly query: ReadonlyMap<string, string>
}

const NOWHERE: ReadonlyMap<string, string> = new Map()

/** An address that names no place leads to the batches. */
export function placeOf(hash: string): Place {
  const [way = '', query = ''] = hash.replace(/^#/, '').split('?')
  const [, name = '', ...path] = way.split('/')
  return {
    name: PLACES.find((place) => place === name) ?? 'batches',
    path: path.filter((part) => part !== '').map(decoded),
    query: new Map(new URLSearchParams(query)),
  }
}

/** For a link: `<a href={hrefOf('batches', id)}>`. */
export function hrefOf(
  name: PlaceName,
  path: readonly string[] = [],
  query: ReadonlyMap<string, string> = NOWHERE,
): string {
  const way = [name, ...path.map(encodeURIComponent)].join('/')
  const asked = new URLSearchParams([...query]).toString()
  return `#/${way}${asked === '' ? '' : `?${asked}`}`
}

/** Goes there; `replace` leaves no step to go back to, as for a filter that is typed. */
export function go(href: string, how: 'step' | 'replace' = 'step'): void {
  if (how === 'step') {
    location.hash = href
    return
  }
  history.replaceState(null, '', href)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash))
  useEffect(() => {
    const move = (): void => {
      setPlace(placeOf(location.hash))
    }
    addEventListener('hashchange', move)
    return () => {
      removeEventListener('hashchange', move)
    }
  }, [])
  return place
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Typed by hand: it names nothing, and the place says so.
    return part
  }
}
