'use client'
import { usePathname, useSearchParams } from 'next/navigation'

/** The row that is open next to the table: it is in the URL, yet opening it asks the server for nothing. */
export function useOpenRow(): [open: string | null, setOpen: (key: string | null) => void] {
  const path = usePathname()
  const search = useSearchParams()
  const setOpen = (key: string | null) => {
    const next = new URLSearchParams(search)
    if (key === null) next.delete('open')
    else next.set('open', key)
    window.history.replaceState(null, '', next.size === 0 ? path : `${path}?${next}`)
  }
  return [search.get('open'), setOpen]
}
