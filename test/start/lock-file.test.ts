import { describe, expect, it } from "vitest";
import lock from "../../package-lock.json" with { type: "json" };

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe("the lock file", () => {
  it("names what each platform needs, not only the one it was written on: npm ci installs nothing otherwise", () => {
    const packages: Readonly<Record<string, Locked>> = lock.packages;

    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages),
      ),
    );

    expect(missing).toEqual([]);
  });
});
