/** The room of a table that is being asked for: as many rows as it is likely to have, without a jump when they come. */
export function TableSkeleton() {
  return (
    <div aria-busy aria-keyshortcuts="j k Enter n p e" className="min-h-0 flex-1 overflow-hidden" role="status">
      <span className="sr-only">Reading the table</span>
      <div className="h-9 border-b border-line" />
      <div className="h-7 border-b border-line-strong" />
      {Array.from({ length: 30 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton differ in nothing else.
        <div key={row} className="flex h-[27px] items-center gap-6 border-b border-line px-4">
          <span className="h-2.5 w-24 rounded-sm bg-hover" />
          <span className="h-2.5 w-36 rounded-sm bg-hover" />
          <span className="h-2.5 flex-1 rounded-sm bg-hover" />
          <span className="h-2.5 w-32 rounded-sm bg-hover" />
        </div>
      ))}
    </div>
  )
}
