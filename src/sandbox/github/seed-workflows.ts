interface WorkflowText {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

const nightly = `name: Nightly
on:
  schedule: [{ cron: "17 3 * * *" }]
  workflow_dispatch:
jobs:
  soak-test: {}
  benchmark: {}
`;

const release = `name: Release
on:
  workflow_dispatch:
    inputs:
      version: { description: What to call it, type: string, required: true }
      channel: { description: Who gets it, type: choice, options: [nightly, beta, stable], default: nightly }
      dry-run: { description: Publish nothing, type: boolean, default: true }
      cpus: { description: How many CPUs to build for, type: number }
jobs:
  build: {}
  publish: { needs: build }
`;

const ci = `name: CI
on: [push, pull_request]
jobs:
  build: { strategy: { matrix: { cpu: [m68030, m68040] } } }
  test-rust: { strategy: { matrix: { cpu: [m68030, m68040] } } }
  emulation-test: { needs: test-rust }
  docs: {}
  lint: {}
`;

/** The workflows of the public repository, committed in this order; the private one has only the last. */
export const workflowFiles: readonly WorkflowText[] = [
  { name: "Nightly", file: "nightly.yml", text: nightly },
  { name: "Release", file: "release.yml", text: release },
  { name: "CI", file: "ci.yml", text: ci },
];
