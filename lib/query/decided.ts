import { type Decided, undecided } from './stacks.ts'

/** What is decided and how hosts are grouped at a moment: nothing, until there are decisions. */
export const selectDecided = async (_reads: unknown, _now: number): Promise<Decided> => undecided
