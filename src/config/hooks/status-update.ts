import { z } from "zod";
import { commandPatterns } from "./command-pattern.ts";

const usualTests = [
  "cargo test",
  "cargo nextest",
  "ctest",
  "go test",
  "make check*",
  "make test*",
  "ninja check*",
  "ninja test*",
  "npm test",
  "npm run test*",
  "pnpm test",
  "pytest",
  "yarn test",
];
const usualBuilds = [
  "cargo build",
  "cargo check",
  "cargo clippy",
  "cargo install",
  "cmake",
  "docker build",
  "docker buildx build",
  "go build",
  "make",
  "ninja",
  "npm run build*",
  "pnpm build*",
  "yarn build*",
];

/** Which commands are worth a line in the status log, beside commits and pushes. */
export const StatusUpdate = z
  .strictObject({
    tests: commandPatterns
      .default(usualTests)
      .meta({ description: "commands that test, by the words they begin with; `*` within a word is anything" }),
    builds: commandPatterns.default(usualBuilds).meta({ description: "commands that build; what tests is none of them" }),
  })
  .prefault({});
export type StatusUpdateSettings = z.infer<typeof StatusUpdate>;
