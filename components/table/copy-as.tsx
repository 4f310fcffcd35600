'use client'
import { ChevronDown, ChevronRight, CodeXml } from 'lucide-react'
import { useState } from 'react'

/** Placeholder until the forms are merged. */
export function CopyAs({ record }: { record: Record<string, unknown> }) {
  const [isOpen] = useState(false)
  return null
}
