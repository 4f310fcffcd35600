import { SegmentLinks } from '#components/ui/segments.tsx'
import { decisionsPath, groupsPath } from '#lib/params/hrefs.ts'

/** The two lists that people keep: decisions, and groups of hosts. */
export const DecisionTabs = ({ current }: { current: 'dispositions' | 'groups' }) => (
  <SegmentLinks
    label="List"
    segments={[
      { label: 'decisions', href: decisionsPath, current: current === 'dispositions' },
      { label: 'host groups', href: groupsPath, current: current === 'groups' },
    ]}
  />
)
