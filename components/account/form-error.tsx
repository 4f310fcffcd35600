/** What went wrong with a form. It is read out when it appears. */
export function FormError({ message }: { message: string | null }) {
  return (
    <p role="alert" className={message === null ? 'sr-only' : 'text-block-ink'}>
      {message}
    </p>
  )
}
