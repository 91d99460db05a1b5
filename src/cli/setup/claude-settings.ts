import { z } from "zod";

/**
 * What Claude Code takes for hooks, whoever wrote them. One entry that does not fit, and it silently drops the whole file.
 * https://docs.claude.com/en/docs/claude-code/hooks
 */
const timing = { timeout: z.number().positive().optional(), if: z.string().optional() };

const handler = z.discriminatedUnion(
  "type",
  [
    z.looseObject({
      type: z.literal("command"),
      command: z.string().min(1),
      args: z.array(z.string()).optional(),
      async: z.boolean().optional(),
      once: z.boolean().optional(),
      ...timing,
    }),
    z.looseObject({ type: z.literal("http"), url: z.string(), ...timing }),
    z.looseObject({ type: z.literal("mcp_tool"), ...timing }),
    z.looseObject({ type: z.enum(["prompt", "agent"]), prompt: z.string(), ...timing }),
  ],
  'needs a "type": command, http, mcp_tool, prompt or agent',
);

const group = z.looseObject({ matcher: z.string().optional(), hooks: z.array(handler) });

export const ClaudeSettingsFile = z.looseObject({
  hooks: z.record(z.string(), z.array(group)).optional(),
  disableAllHooks: z.boolean().optional(),
});
