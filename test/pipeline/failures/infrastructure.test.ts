import { describe, expect, it } from "vitest";
import { machineFaultIn, machineFaults } from "../../../src/pipeline/failures/infrastructure.ts";
import { cpuMsOf } from "../../cpu-time.ts";

describe("a fault of the machine", () => {
  it.each(machineFaults.map((fault) => [fault.name, fault] as const))("is seen in what it looks like: %s", (_, fault) => {
    expect(machineFaultIn(fault.looksLike)?.name).toBe(fault.name);
  });

  it("stands in a table sorted by name", () => {
    const names = machineFaults.map(({ name }) => name.toLowerCase());

    expect(names).toEqual(names.toSorted());
  });

  it.each([
    "error: failed to get successful HTTP response from `https://index.crates.io/se/rd/serde` (18.1.1.1), got 503",
    "ERROR: failed to solve: node:20: failed to resolve source metadata for docker.io/library/node:20: unexpected status from HEAD request: 429 Too Many Requests",
    'docker: Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout.',
    "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out.",
    'go: github.com/x/y@v1.2.3: Get "https://proxy.golang.org/x": dial tcp: lookup proxy.golang.org on 127.0.0.53:53: server misbehaving',
    "curl: (6) Could not resolve host: static.rust-lang.org",
    "Could not GET 'https://repo.maven.apache.org/maven2/a/b.pom'. Received status code 503 from server: Service Unavailable",
    'error An unexpected error occurred: "https://registry.yarnpkg.com/x/-/x-1.tgz: ESOCKETTIMEDOUT".',
    "make: write error: No space left on device",
    "The self-hosted runner: arm-4 lost communication with the server. Verify the machine is running.",
  ])("is seen in %s", (line) => {
    expect(machineFaultIn(line)).toBeDefined();
  });

  it.each([
    "E       AssertionError: assert '503 Service Unavailable' == '200 OK' from github.com",
    "    AssertionError: expected 503 to equal 200",
    "● retries › gives up after 503 from registry.npmjs.org",
    "thread 'proxy' panicked at tests/proxy.rs:4:5: connection reset by github.com",
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    "requests.exceptions.ConnectionError: HTTPConnectionPool(host='localhost', port=8080): Connection refused",
    "Could not resolve host: redis",
    "dial tcp: lookup db.internal: no such host",
    "npm error code ENOTFOUND",
    "npm error 404 Not Found - GET https://registry.npmjs.org/@acme%2fnope - Not found",
    "E: Unable to locate package gcc-m69k",
    "E: Failed to fetch http://archive.ubuntu.com/ubuntu/pool/x.deb  404  Not Found",
    "fatal: unable to access 'https://github.com/acme/gone/': The requested URL returned error: 403",
    "Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists",
    "Killed",
    "The operation was canceled.",
    "Error: The job running on runner has exceeded the maximum execution time of 360 minutes.",
    "src/github.com/acme/a.go:502:3: undefined: Foo",
  ])("is not seen in %s", (line) => {
    expect(machineFaultIn(line)).toBeUndefined();
  });

  it("takes no time for a hostile line", () => {
    const pieces = [
      "github.com ",
      "Failed to restore ",
      "429 ",
      "fatal: unable to access 'https://github.com/",
      "E: Failed to fetch http://a",
    ];
    const lines = pieces.map((piece) => piece.repeat(50_000).slice(0, 300).concat(piece.repeat(50_000)));

    expect(cpuMsOf(() => lines.map((line) => machineFaultIn(line)))).toBeLessThan(500);
  });
});
