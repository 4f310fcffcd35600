/** Space of the disk of the data folder: bytes that are free, null if unknown, and whether uploads are accepted. */
export type Space = { free: number | null; ok: boolean }

/** How far stored events have been recomputed by this version of the code, in row numbers of which some are unused. */
export type Recomputing = { done: number; total: number }
