import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: 'ASR Rules Stacking' }

export default function StackingPage({ searchParams }: PageProps<'/stacking'>) {
  return <DetectionPage detection="stacking" searchParams={searchParams} />
}
