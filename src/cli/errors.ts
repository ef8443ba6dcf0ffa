/** A run that was stopped before anything was finished: there is nothing to keep. */
export class StoppedError extends Error {}
