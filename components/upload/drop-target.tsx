'use client'
import { FileDown } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { droppedFiles } from './dropped-files.ts'

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** Takes files dropped anywhere in the window, and says so while they hover over it. */
export function DropTarget({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFiles)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = async (event: DragEvent) => {
      if (event.dataTransfer === null || !holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      take(await droppedFiles(event.dataTransfer))
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded border-2 border-dashed border-accent bg-ground/85">
      <p className="flex items-center gap-3 text-20 font-semibold text-accent">
        <FileDown aria-hidden className="size-7" />
        Drop to upload
      </p>
    </div>
  )
}
