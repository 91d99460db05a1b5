import { z } from "zod";

const globs = z.array(z.string().min(1).max(200)).max(100);

const usualTests = [
  "cargo test*",
  "cargo nextest*",
  "ctest*",
  "go test*",
  "make check*",
  "make test*",
  "ninja check*",
  "ninja test*",
  "npm test*",
  "npm run test*",
  "pnpm test*",
  "pytest*",
  "python* -m pytest*",
  "yarn test*",
];
const usualBuilds = [
  "cargo build*",
  "cargo check*",
  "cargo clippy*",
  "cargo install*",
  "cmake*",
  "docker build*",
  "docker buildx build*",
  "go build*",
  "make*",
  "ninja*",
  "npm run build*",
  "pnpm build*",
  "yarn build*",
];

/** Which commands are worth a line in the status log, beside commits and pushes. */
export const StatusUpdate = z
  .strictObject({
    tests: globs.default(usualTests).meta({ description: "commands that test, with `*` for anything" }),
    builds: globs.default(usualBuilds).meta({ description: "commands that build; what tests is none of them" }),
  })
  .prefault({});
