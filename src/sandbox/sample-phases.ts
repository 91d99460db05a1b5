import type { Settings } from "../config/settings.ts";

type RepositoryPhases = Settings["phases"][number];

/** Phases for a visitor to try: what the first one asks for is there, of the second one a part. */
export const samplePhases = (repository: string): RepositoryPhases => ({
  repository,
  phases: [
    {
      id: "phase-1",
      name: "Environment Setup",
      deliverables: [{ path: ".github/workflows/ci.yml" }, { check: "build (m68030)" }, { workflow: "ci.yml" }],
    },
    {
      id: "phase-2",
      name: "LLVM Backend Modifications",
      deliverables: [{ path: "patches/llvm" }, { check: "build (m68040)" }],
    },
    {
      id: "phase-3",
      name: "Rust Target Implementation",
      deliverables: [{ path: "targets/m68k-next-nextstep.json" }, { check: "test-rust (m68040)" }],
    },
    { id: "phase-4", name: "Emulation Testing", deliverables: [{ check: "emulation-test" }, { workflow: "nightly.yml" }] },
    { id: "phase-5", name: "Standard Library Port", deliverables: [{ path: "library/std/src/sys/nextstep" }, { workflow: "ci.yml" }] },
  ],
});
