/**
 * Codes of Defender's channel that any host logs by itself, day by day: scans, health and updates. Source:
 * learn.microsoft.com defender-endpoint/troubleshoot-microsoft-defender-antivirus.
 */
const routine = new Set([1000, 1001, 1002, 1013, 1150, 1151, 2000, 2001, 2002, 2010, 2014])

/** Whether a log without any record of such a code can hardly be complete. */
export const isRoutine = (code: number): boolean => routine.has(code)
