/** Says whom GitHub did not let push; anything else stays as it is. */
export const refusedTo =
  (as: string, where = "this branch") =>
  (cause: unknown): never => {
    if (cause instanceof Error && cause.message === "Forbidden") throw new Error(`GitHub does not let ${as} push to ${where}.`, { cause });
    throw cause;
  };
