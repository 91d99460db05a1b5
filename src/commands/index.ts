import { can } from "./can.ts";
import type { Command } from "./command.ts";
import { help } from "./help.ts";
import { status } from "./status.ts";
import { whoami } from "./whoami.ts";

/** Every command, sorted. Dispatch, roles, help and docs/commands.md read this table and nothing else. */
export const commands: readonly Command[] = [can, help, status, whoami];
