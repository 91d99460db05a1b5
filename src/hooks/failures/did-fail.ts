import type { PayloadOf } from "../payload.ts";

/** Claude Code's words where a tool was not run at all: a hook or a person was against it. No command can write them, its output has a line before it. */
const notRun = /^(?:PreToolUse:\S+ hook error|Permission to use |The user doesn't want to |Claude requested permissions )/;

/** Whether the tool itself failed: what somebody stopped has shown nothing. */
export const didFail = ({ error, is_interrupt: isInterrupted }: PayloadOf<"post-tool-use-failure">): boolean =>
  !isInterrupted && !notRun.test(error);
