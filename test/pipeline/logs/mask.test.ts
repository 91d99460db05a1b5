import { describe, expect, it } from "vitest";
import { mask } from "../../../src/pipeline/logs/mask.ts";

// Put together at run time, so that no scanner takes them for leaked.
const token = (prefix: string, length: number) => prefix + "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z".repeat(4).slice(0, length);
const dashes = "-----";
const key = (kind: string, body = "MIIEpAIBAAKCAQEA7\nabc+/=\n") =>
  `${dashes}BEGIN ${kind}PRIVATE KEY${dashes}\n${body}${dashes}END ${kind}PRIVATE KEY${dashes}`;

describe("mask", () => {
  it.each([
    ["ghp_", 36],
    ["gho_", 36],
    ["ghu_", 36],
    ["ghs_", 36],
    ["ghr_", 36],
    ["github_pat_", 80],
    ["xoxb-", 40],
    ["xoxp-", 40],
    ["xoxe.xoxp-", 40],
    ["xapp-1-", 40],
    ["sk-", 48],
    ["sk-proj-", 48],
    ["sk-ant-api03-", 60],
    ["AIza", 35],
    ["npm_", 36],
    ["glpat-", 20],
    [["sk", "live", ""].join("_"), 24],
    [["whsec", ""].join("_"), 24],
  ])("hides a token that begins with %s", (prefix, length) => {
    const secret = token(prefix, length);

    expect(mask(`a ${secret} b`, [])).toBe("a *** b");
    expect(mask(`x="${secret}",`, [])).toBe('x="***",');
  });

  it.each([
    [`id ${["AKIA", "IOSFODNN7EXAMPLE"].join("")}.`, "id ***."],
    ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY", "aws_secret_access_key = ***"],
    ["Authorization: Bearer abc.def-123", "Authorization: Bearer ***"],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic ***"}'],
    ["curl -H 'authorization: token abcdef123'", "curl -H 'authorization: token ***'"],
    ["sent bearer 0123456789abcdef0123", "sent bearer ***"],
    ["https://hooks.slack.com/services/T000/B000/abcdefgh", "https://hooks.slack.com/services/***"],
    ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!", "jwt ***!"],
    ["git clone https://me:p@ss/w@host/x", "git clone https://***@ss/w@host/x"],
    ["git clone https://me:hunter2@host/x.git", "git clone https://***@host/x.git"],
    ["postgres://ci:p@ss@db:5432/x", "postgres://***@db:5432/x"],
    ["redis://:hunter2@cache", "redis://***@cache"],
    ["DB_PASSWORD=hunter2 next", "DB_PASSWORD=*** next"],
    ["password: hunter2", "password: ***"],
    ['"client_secret": "a b\\"c", "n": 1', '"client_secret": "***", "n": 1'],
    ['{\\"token\\":\\"abc\\",\\"user\\":\\"me\\"}', '{\\"token\\":\\"***\\",\\"user\\":\\"me\\"}'],
    ["API_KEY='abc def'", "API_KEY='***'"],
    ["login --password hunter2 --user me", "login --password *** --user me"],
    ["Set-Cookie: session=abc; Path=/", "Set-Cookie: ***"],
  ])("hides what its name or place tells: %s", (text, masked) => {
    expect(mask(text, [])).toBe(masked);
  });

  it.each([
    "HEAD is now at 9fceb02d0ae598e95dc970b74767f19372d61af8 fix: token refresh",
    "run 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "integrity sha512-9KEO2tYbwNfJBm0KxkVQkYxCUgKgvm4pkRAPYVnMdyYT5g6nmbIS3Yh0GZv9wQv6sVzvp4mXxwG5Cg0AWr5ZkQ==",
    "token: ***",
    "Authorization: Bearer ***",
    "https://x-access-token:***@github.com/o/r",
    "https://***@github.com/o/r",
    "password=$PASSWORD token=$TOKEN secret=$(cat x)",
    "SyntaxError: Unexpected token: }",
    "fn parse(token: &str) -> Token",
    "use syn::token::Comma;",
    "if token == expected {",
    "secrets: inherit",
    "task-runner-with-a-very-long-name-indeed",
    "at https://example.com/a@b",
    "ssh://git@github.com/o/r",
    "password is required",
  ])("leaves what is no secret: %s", (text) => {
    expect(mask(text, [])).toBe(text);
  });

  it.each(["RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", ""])("hides a private key, wherever the text begins and ends: %s", (kind) => {
    const whole = key(kind);

    expect(mask(`a\n${whole}\nb`, [])).toBe("a\n***\nb");
    expect(mask(`${whole.slice(40)}\nb`, [])).toBe("***\nb");
    expect(mask(`a\n${whole.slice(0, -30)}`, [])).toBe("a\n***");
    expect(mask(`${whole}\nb\n${whole}\nc`, [])).toBe("***\nb\n***\nc");
  });

  it("hides given values, the longest first and overlapping ones whole", () => {
    expect(mask("x=swordfish-2 swordfish", ["swordfish", "swordfish-2"])).toBe("x=*** ***");
    expect(mask("abcdefghi", ["abcdef", "defghi"])).toBe("***");
    expect(mask("of the year", ["", "of", " "])).toBe("of the year");
  });

  it("hides given values however they are encoded", () => {
    const secret = "p/ss w+rd&x?y";

    for (const offset of ["", "u", "us", "user:"]) {
      const base64 = Buffer.from(`${offset}${secret}!!`).toString("base64");
      expect(mask(base64, [secret])).toContain("***");
      expect(mask(base64, [secret]).length).toBeLessThan(16);
    }
    expect(mask(Buffer.from(secret).toString("base64url"), [secret])).toBe("***");
    expect(mask(`q=${encodeURIComponent(secret)}`, [secret])).toBe("q=***");
    expect(mask(`q=${encodeURIComponent(secret).toLowerCase()}`, [secret])).toBe("q=***");
    expect(mask(`q=${new URLSearchParams([["", secret]]).toString().slice(1)}`, [secret])).toBe("q=***");
    expect(mask(JSON.stringify('a"quoted\tvalue'), ['a"quoted\tvalue'])).toBe('"***"');
  });

  it("hides each line of a given value of several", () => {
    expect(mask("got second-line only", ["first-line\nsecond-line\n"])).toBe("got *** only");
  });
});
