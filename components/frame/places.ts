import {
  Binoculars,
  BookText,
  ChartNoAxesCombined,
  Eye,
  Layers,
  ListChecks,
  type LucideIcon,
  Monitor,
  OctagonX,
  Settings2,
  SlidersHorizontal,
  TrendingUp,
  Tv,
  Upload,
  UserRound,
} from 'lucide-react'
import {
  accountPath,
  adminPath,
  decisionsPath,
  groupsPath,
  overviewPath,
  tablePath,
  wallPath,
} from '#lib/params/hrefs.ts'

export type Place = {
  href: string
  name: string
  icon: LucideIcon
  /** The key that leads here after `g`. */
  key: string
  /** Other routes that belong to this place. */
  also: readonly string[]
  /** Whether the time range of another screen applies here too. */
  keepsTime: boolean
}

/** The screens of the rail, in its order. */
export const places: Place[] = [
  { href: overviewPath, name: 'Overview', icon: ChartNoAxesCombined, key: 'o', also: [], keepsTime: true },
  { href: tablePath('stack'), name: 'Workbench', icon: Binoculars, key: 't', also: [], keepsTime: true },
  {
    href: tablePath('stacking'),
    name: 'Stacking',
    icon: Layers,
    key: 's',
    also: [tablePath('events')],
    keepsTime: true,
  },
  { href: tablePath('audit'), name: 'Audit', icon: Eye, key: 'a', also: [], keepsTime: true },
  { href: tablePath('block'), name: 'Block', icon: OctagonX, key: 'b', also: [], keepsTime: true },
  {
    href: tablePath('registry'),
    name: 'Configuration',
    icon: SlidersHorizontal,
    key: 'c',
    also: [tablePath('disabled')],
    keepsTime: true,
  },
  { href: tablePath('hosts'), name: 'Hosts', icon: Monitor, key: 'h', also: [], keepsTime: true },
  { href: tablePath('risk'), name: 'Risk', icon: TrendingUp, key: 'r', also: [], keepsTime: false },
  { href: tablePath('rules'), name: 'Rules', icon: BookText, key: 'l', also: [], keepsTime: true },
  { href: decisionsPath, name: 'Dispositions', icon: ListChecks, key: 'i', also: [groupsPath], keepsTime: false },
  { href: tablePath('uploads'), name: 'Uploads', icon: Upload, key: 'u', also: [], keepsTime: false },
  { href: wallPath, name: 'Wall', icon: Tv, key: 'w', also: [], keepsTime: false },
]

/** The own account: only if somebody is signed in. */
export const accountPlace: Place = {
  ...{ href: accountPath, name: 'Account', icon: UserRound, key: 'm', also: [], keepsTime: false },
}

/** What administrators have. */
export const adminPlace: Place = {
  ...{ href: adminPath, name: 'Admin', icon: Settings2, key: 'n', also: [], keepsTime: false },
}

/** Screens reached by keyboard that have no entry of their own in the rail. */
export const furtherKeys: { href: string; name: string; key: string }[] = [
  { href: tablePath('disabled'), name: 'Rules disabled', key: 'd' },
  { href: tablePath('events'), name: 'Events', key: 'e' },
]

const belongs = (path: string, root: string): boolean =>
  root === overviewPath ? path === root : path === root || path.startsWith(`${root}/`)

/** Whether a screen is the one of the route shown. */
export const isPlaceOf = (place: Place, path: string): boolean =>
  [place.href, ...place.also].some((root) => belongs(path, root))
