import { DetectionPage } from '../detection-page.tsx'

export const metadata = { title: 'ASR Audit Events' }

export default function AuditPage({ searchParams }: PageProps<'/audit'>) {
  return <DetectionPage detection="audit" searchParams={searchParams} />
}
