'use client'
import { type ReactNode, useRef } from 'react'

/** The browser's own file dialog: `open` shows it, `input` has to stand somewhere in the page. */
export function useFilePicker(onFiles: (files: File[]) => void): { open: () => void; input: ReactNode } {
  const input = useRef<HTMLInputElement>(null)
  return {
    open: () => input.current?.click(),
    input: (
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Logs to upload"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file can be chosen again.
          target.value = ''
        }}
      />
    ),
  }
}
