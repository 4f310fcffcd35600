import { visiblePieces } from '#lib/text/visible.ts'

/** Text as it was logged: left to right, and with every character that would hide or deceive shown by its name. */
export function Logged({ text }: { text: string }) {
  const pieces = visiblePieces(text)
  if (pieces.length <= 1 && pieces[0]?.kind !== 'hidden' && pieces[0]?.kind !== 'lookalike') {
    return <bdi dir="ltr">{text}</bdi>
  }
  let at = 0
  return (
    <bdi dir="ltr">
      {pieces.map((piece) => {
        const key = at
        at += piece.text.length
        if (piece.kind === 'plain') return <span key={key}>{piece.text}</span>
        return (
          <span key={key} className="mx-px rounded-sm bg-block-soft px-0.5 text-block-ink">
            {piece.kind === 'lookalike' && piece.text}⟨{piece.name}⟩
          </span>
        )
      })}
    </bdi>
  )
}
