import { describe } from "vitest";
import { claude } from "./run-claude.ts";

/** Tests of Claude Code itself. It is not ours to install, so where it is missing they are skipped. */
export const whereInstalled = claude === undefined ? describe.skip : describe;
