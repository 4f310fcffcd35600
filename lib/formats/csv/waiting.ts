import { add, reject, type Tally, type Verdict } from '#lib/formats/verdict.ts'
import type { Place } from '#lib/model/reject.ts'

/** A row whose date can be read in two ways, until another row of the file shows which is meant. */
export type WaitingRow = { cells: string[]; time: string; place: Place; snippet: string }

/** No more than so many rows wait, and no more than so many characters. */
const limit = { rows: 5000, characters: 16 * 1024 * 1024 }

export type WaitingRows = {
  hold: (row: WaitingRow, tally: Tally) => void
  judge: (tally: Tally, read: (cells: string[]) => Verdict) => void
  refuse: (tally: Tally) => void
}

export function waitingRows(): WaitingRows {
  let rows: WaitingRow[] = []
  let characters = 0

  function judge(tally: Tally, read: (cells: string[], row: WaitingRow) => Verdict): void {
    for (const row of rows)
      add(
        tally,
        read(row.cells, row),
        () => row.place,
        () => row.snippet,
      )
    rows = []
    characters = 0
  }

  const refuse = (tally: Tally): void =>
    judge(tally, (_, { time }) =>
      reject(
        'bad-time',
        `${JSON.stringify(time.slice(0, 40))} can be month first or day first, and no row shows which`,
      ),
    )

  function hold(row: WaitingRow, tally: Tally): void {
    rows.push(row)
    for (const cell of row.cells) characters += cell.length
    if (rows.length >= limit.rows || characters >= limit.characters) refuse(tally)
  }

  return { hold, judge, refuse }
}
