import { ArrowDown, ArrowUp, Equal, Sparkle } from 'lucide-react'
import { cx } from '#components/ui/class.ts'
import { countText } from '#lib/text/number.ts'

/** A score against that of the seven days before: how much more or less, or that there was none. */
export function ScoreChange({ score, before }: { score: number; before: number }) {
  if (before === 0) return <Change icon={Sparkle} text="new" words="none in the 7 days before" />
  const more = score - before
  if (more === 0) return <Change icon={Equal} text="same" words="the same as in the 7 days before" />
  const words = `${countText(Math.abs(more))} ${more > 0 ? 'more' : 'less'} than the ${countText(before)} of the 7 days before`
  return <Change icon={more > 0 ? ArrowUp : ArrowDown} text={countText(Math.abs(more))} words={words} />
}

function Change({ icon: Icon, text, words }: { icon: typeof ArrowUp; text: string; words: string }) {
  return (
    <span className="inline-flex items-center gap-1" title={words}>
      <Icon aria-hidden className="size-3 text-dim" />
      <span aria-hidden className={cx(/\d/.test(text) && 'figures')}>
        {text}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  )
}
