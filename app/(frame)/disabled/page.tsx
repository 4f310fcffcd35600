import type { Screen } from '#components/frame/screen.ts'
import { ConfigurationSwitch } from '../configuration-switch.tsx'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: 'ASR Rule Disabled' }

export default function DisabledPage({ searchParams }: PageProps<'/disabled'>) {
  const bar = (screen: Screen) => <ConfigurationSwitch screen={screen} />
  return <DetectionPage detection="disabled" searchParams={searchParams} bar={bar} />
}
