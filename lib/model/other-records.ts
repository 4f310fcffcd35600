import type { Receipt } from './rows.ts'

/** Returns the number of records of other codes and channels. */
export const otherRecords = ({ otherCodes }: Pick<Receipt, 'otherCodes'>): number =>
  Object.values(otherCodes).reduce((sum, each) => sum + each, 0)
