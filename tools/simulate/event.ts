/** One simulated record of the channel, ready to be rendered. `names[i]` is the Data name of `values[i]`. */
export type SimulatedEvent = {
  EventCode: number
  /** 3 Warning, 4 Information. */
  level: number
  channel: string
  /** `Computer`. */
  dest: string
  /** Milliseconds since 1970 UTC. */
  time: number
  /** `TimeCreated@SystemTime`: UTC with seven digits of the second. */
  systemTime: string
  recordId: number
  /** `Correlation@ActivityID`, or '' if the record has none. */
  activityId: string
  processId: number
  threadId: number
  /** `Security@UserID`: always the service itself. */
  userId: string
  names: readonly string[]
  values: string[]
}
