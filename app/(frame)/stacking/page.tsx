import { detections } from '#lib/asr/detections.ts'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: detections.stacking.title }

export default function StackingPage({ searchParams }: PageProps<'/stacking'>) {
  return <DetectionPage detection="stacking" searchParams={searchParams} />
}
