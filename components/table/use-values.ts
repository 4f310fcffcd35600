'use client'
import { useEffect, useState } from 'react'
import { detectionKeys } from '#lib/asr/detections.ts'
import type { ValuePage } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { paramsToSearch } from '#lib/params/link.ts'
import type { FilterField, Params, TableName } from '#lib/params/params.ts'

/** Milliseconds without a further key after which a text is searched for. */
const pause = 250

type Answer = { state: 'waiting' | 'failed'; values: null } | { state: 'here'; values: ValuePage }
type Asked = { table: TableName; params: Params; field: FilterField; find: string }

/** The address of the values of a field. Lists of hosts, rules and risk are of events. */
function addressOf({ table, params, field, find }: Asked): string {
  const counted = detectionKeys.find((key) => key === table) ?? 'events'
  const { sort, page, limit, tz } = defaultParams(counted)
  const search = paramsToSearch({ ...params, sort, page, limit, tz }, counted)
  search.set('field', field)
  if (find !== '') search.set('find', find)
  return `${apiPaths.values(counted)}?${search}`
}

/** The values that a field has under the range and the other filters of a screen, asked for as the text to find is typed. */
export function useValues(asked: Asked): Answer {
  const address = addressOf(asked)
  const [answer, setAnswer] = useState<{ to: string; values: ValuePage | null }>({ to: '', values: null })
  const isTyped = asked.find !== ''
  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      const response = await fetch(address, { signal: stop.signal })
      const text = await response.text()
      if (!response.ok) return setAnswer({ to: address, values: null })
      const { readValues } = await import('./read-values.ts')
      setAnswer({ to: address, values: readValues(text) })
    }
    const timer = setTimeout(
      () => void load().catch(() => stop.signal.aborted || setAnswer({ to: address, values: null })),
      isTyped ? pause : 0,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [address, isTyped])
  if (answer.to !== address) return { state: 'waiting', values: null }
  return answer.values === null ? { state: 'failed', values: null } : { state: 'here', values: answer.values }
}
