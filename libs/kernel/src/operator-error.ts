/** A failure whose message is for whoever runs the service: one that says what is wrong, in which setting, and what to do. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}

/** What the operator reads when a program cannot go on: the message, or the stack of what nobody foresaw. */
export function explainFailure(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `something went wrong that it did not foresee:\n${detail}`;
}
