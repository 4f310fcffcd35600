/** The code of each error that says why a question was not answered. It crosses threads, and pages see it as `digest`. */
class Unanswered extends Error {
  readonly code: string
  readonly digest: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
    this.digest = code
  }
}

/** Too many questions are open. */
export class Busy extends Unanswered {
  override name = 'Busy'
  constructor() {
    super('BUSY', 'The server is answering too many questions at once. Try again in a few seconds.')
  }
}

/** A question took longer than QUERY_SECONDS. */
export class TooSlow extends Unanswered {
  override name = 'TooSlow'
  constructor(seconds: number) {
    super(
      'TOO_SLOW',
      `The question was stopped after ${seconds} s (QUERY_SECONDS). Choose a shorter time range or narrower filters.`,
    )
  }
}

/** The client left, or stopped reading its export, before the answer was complete. */
export class ClientLeft extends Unanswered {
  override name = 'ClientLeft'
  constructor(message = 'The client left before the answer was complete.') {
    super('CLIENT_LEFT', message)
  }
}
