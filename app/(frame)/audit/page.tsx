import { detections } from '#lib/asr/detections.ts'
import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: detections.audit.title }

export default function AuditPage({ searchParams }: PageProps<'/audit'>) {
  return <DetectionPage detection="audit" searchParams={searchParams} />
}
