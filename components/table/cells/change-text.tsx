import type { ChangeSentence } from '#lib/text/change.ts'
import { Logged } from './logged.tsx'

/** A configuration change as a sentence: what changed, then how, as far as there is room. */
export function ChangeText({ sentence: { what, how } }: { sentence: ChangeSentence }) {
  return (
    <>
      <Logged text={what} />
      {how !== '' && (
        <>
          :{' '}
          <span className="font-mono text-[0.92em] leading-none font-normal">
            <Logged text={how} />
          </span>
        </>
      )}
    </>
  )
}
