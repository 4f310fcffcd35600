import type { ReactNode } from 'react'
import { Bar } from '#components/frame/bar.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import { adminPaths, withZone } from '#lib/params/hrefs.ts'
import type { Problem } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'

export type Section = keyof typeof adminPaths

/** What the pages of administration are called. */
export const sectionNames: Record<Section, string> = {
  users: 'Users',
  tokens: 'Tokens',
  sessions: 'Sessions',
  audit: 'Audit log',
  settings: 'Settings',
  storage: 'Storage',
}

type Props = { section: Section; screen: Screen; problems: Problem[]; bar?: ReactNode; children: ReactNode }

/** A page of administration: its bar, the way to the others, and what it shows. */
export function AdminPage({ section, screen, problems, bar, children }: Props) {
  const sections = Object.keys(adminPaths) as Section[]
  return (
    <>
      <Bar title={sectionNames[section]} screen={screen}>
        {bar}
      </Bar>
      <div className="shrink-0 pt-1">
        <TabLinks
          label="Administration"
          wraps
          tabs={sections.map((each) => ({
            href: withZone(adminPaths[each], screen.params.tz),
            label: sectionNames[each],
            current: each === section,
          }))}
        />
      </div>
      <Problems problems={problems} />
      {children}
    </>
  )
}
