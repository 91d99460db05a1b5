import { describe, expect, it } from "vitest";
import { commandsIn } from "../../../src/hooks/shell/commands.ts";
import { recognise } from "../../../src/hooks/shell/recognise.ts";

const own = [{ program: "just", when: ["image-*"], kind: "build" as const }];

async function recognised(text: string) {
  const { commands } = await commandsIn(text, { folder: "/srv", variables: {} });
  return commands.flatMap((command) => recognise(command, own) ?? []).map((one) => `${one.kind}: ${one.tool}`);
}

describe("a command", () => {
  it.each([
    ["cargo build --release", "build: cargo"],
    ["cargo +nightly t", "test: cargo"],
    ["RUSTFLAGS=-g cargo clippy", "build: cargo"],
    ["npm test", "test: npm"],
    ["npm run test:unit -- --watch=false", "test: npm"],
    ["npm run build", "build: npm"],
    ["pnpm build", "build: pnpm"],
    ["yarn test", "test: yarn"],
    ["pnpm exec vitest run", "test: vitest"],
    ["npx --yes jest", "test: jest"],
    ["npx tsc --noEmit", "build: tsc"],
    ["python3 -m pytest -q", "test: pytest"],
    ["pytest tests", "test: pytest"],
    ["go test ./...", "test: go"],
    ["go build ./cmd/x", "build: go"],
    ["make -j4", "build: make"],
    ["make CC=clang check", "test: make"],
    ["gmake all", "build: gmake"],
    ["ninja -C build check-llvm", "test: ninja"],
    ["cmake --build build -j4", "build: cmake"],
    ["docker build -t a .", "build: docker"],
    ["docker buildx build .", "build: docker"],
    ["ctest --test-dir build", "test: ctest"],
    ["./gradlew :app:testDebug", "test: gradlew"],
    ["gradle assemble", "build: gradle"],
    ["mvn -B -q verify", "test: mvn"],
    ["./mvnw package", "build: mvnw"],
    ["cd llvm && timeout 60 make 2>&1 | tail -5", "build: make"],
    ["just image-m68k", "build: just"],
    ["git tag v1.2.0", "release: git tag"],
    ["git tag -a v1.2.0-rc.1 -m 'Release'", "release: git tag"],
    ["git -C /srv/a tag -s 1.2", "release: git tag"],
    ["npm version minor", "release: npm version"],
    ["cargo release patch --execute", "release: cargo release"],
  ])("is recognised: %s", async (text, what) => {
    expect(await recognised(text)).toEqual([what]);
  });

  it.each([
    "cargo run -- test",
    "cargo --version",
    "docker run a build",
    "npm install test",
    "npm version",
    "npm view build",
    "npx cowsay test",
    "python3 test.py",
    "go run ./test",
    "make -n",
    "make clean",
    "make --version",
    "cmake -S . -B build",
    "git tag",
    "git tag -l 'v1.*'",
    "git tag -d v1.0.0",
    "git tag nightly",
    "cargo release patch",
    "just test",
    "echo make test",
    "git commit -m 'cargo build'",
    "constructor build",
    "npx constructor",
    "$BUILD all",
  ])("is not: %s", async (text) => {
    expect(await recognised(text)).toEqual([]);
  });
});
