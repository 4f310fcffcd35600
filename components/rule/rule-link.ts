import type { Screen } from '#components/frame/screen.ts'
import { carried, linkTo } from '#lib/params/link.ts'

/** The page of a rule, for the time range of the screen that leads there. */
export const ruleHref = (ID: string, screen: Screen): string =>
  linkTo(`/rules/${encodeURIComponent(ID)}`, 'rules', carried(screen.params, 'rules'))
