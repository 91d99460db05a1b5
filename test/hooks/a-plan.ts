import type { PhasePlan } from "../../src/pipeline/phases/phases.ts";

/** Three phases; the first has two files and a workflow to show. */
export const aPlan: PhasePlan = {
  repository: "acme/rocket",
  phases: [
    {
      id: "phase-1",
      name: "Environment Setup",
      deliverables: [
        { kind: "path", path: "ci/Dockerfile" },
        { kind: "path", path: "docs/abi.md" },
        { kind: "workflow", file: "ci.yml" },
      ],
    },
    { id: "phase-2", name: "LLVM Backend Modifications", deliverables: [{ kind: "path", path: "llvm" }] },
    { id: "phase-3", name: "Rust Target Implementation", deliverables: [] },
  ],
};
