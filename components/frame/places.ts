import {
  BookText,
  ChartNoAxesCombined,
  Eye,
  Layers,
  type LucideIcon,
  Monitor,
  OctagonX,
  SlidersHorizontal,
  TrendingUp,
  Tv,
  Upload,
} from 'lucide-react'

export type Place = {
  href: string
  name: string
  icon: LucideIcon
  /** The key that leads here after `g`. */
  key: string
  /** Other routes that belong to this place. */
  also: readonly string[]
  /** Whether the time range of one screen holds here too. */
  keepsTime: boolean
}

/** The screens of the rail, in its order. */
export const places: Place[] = [
  { href: '/', name: 'Overview', icon: ChartNoAxesCombined, key: 'o', also: [], keepsTime: false },
  { href: '/stacking', name: 'Stacking', icon: Layers, key: 's', also: ['/events'], keepsTime: true },
  { href: '/audit', name: 'Audit', icon: Eye, key: 'a', also: [], keepsTime: true },
  { href: '/block', name: 'Block', icon: OctagonX, key: 'b', also: [], keepsTime: true },
  { href: '/registry', name: 'Configuration', icon: SlidersHorizontal, key: 'c', also: ['/disabled'], keepsTime: true },
  { href: '/hosts', name: 'Hosts', icon: Monitor, key: 'h', also: [], keepsTime: true },
  { href: '/risk', name: 'Risk', icon: TrendingUp, key: 'r', also: [], keepsTime: false },
  { href: '/rules', name: 'Rules', icon: BookText, key: 'l', also: [], keepsTime: true },
  { href: '/uploads', name: 'Uploads', icon: Upload, key: 'u', also: [], keepsTime: false },
  { href: '/wall', name: 'Wall', icon: Tv, key: 'w', also: [], keepsTime: false },
]

/** Screens reached by keyboard that have no entry of their own in the rail. */
export const furtherKeys: { href: string; name: string; key: string }[] = [
  { href: '/disabled', name: 'Rules disabled', key: 'd' },
  { href: '/events', name: 'Events', key: 'e' },
]

const belongs = (path: string, root: string): boolean =>
  root === '/' ? path === '/' : path === root || path.startsWith(`${root}/`)

/** Whether a screen stands for the route shown. */
export const isPlaceOf = (place: Place, path: string): boolean =>
  [place.href, ...place.also].some((root) => belongs(path, root))

const kept = { time: ['from', 'to', 'last', 'anchor'], zone: ['tz'] }

/** A screen's link from where the reader is: the zone stays, and the time range where the screen has one. */
export function placeHref(place: { href: string; keepsTime?: boolean }, search: URLSearchParams): string {
  const names = place.keepsTime === false ? kept.zone : [...kept.time, ...kept.zone]
  const next = new URLSearchParams(names.flatMap((name) => search.getAll(name).map((value) => [name, value])))
  return next.size === 0 ? place.href : `${place.href}?${next}`
}
