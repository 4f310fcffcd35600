'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { copyText } from './copy.ts'
import { IconButton } from './icon-button.tsx'

/** Copies a complete text, exactly as it was logged, and says so. `name` says what is copied. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    setCopied(await copyText(text, `${name} copied`))
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <IconButton label={`Copy ${name}`} onClick={copy}>
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  )
}
