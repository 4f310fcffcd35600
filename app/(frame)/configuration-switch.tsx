import type { Screen } from '#components/frame/screen.ts'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { linkTo } from '#lib/params/link.ts'

/** The two detections about configuration: every change, or only rules that were switched off. The filter stays. */
export function ConfigurationSwitch({ screen }: { screen: Screen }) {
  return (
    <SegmentLinks
      label="Configuration changes"
      segments={[
        {
          label: 'all changes',
          href: linkTo('/registry', 'registry', screen.params),
          current: screen.table === 'registry',
        },
        {
          label: 'rules disabled',
          href: linkTo('/disabled', 'disabled', screen.params),
          current: screen.table === 'disabled',
        },
      ]}
    />
  )
}
