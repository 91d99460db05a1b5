import { describe, expect, it } from "vitest";
import { openRemote } from "../../../src/machine/remote/open-remote.ts";

describe("the bot that NEXTRUST_URL names", () => {
  it("is sent the first of several tokens, as the bot takes any of them", () => {
    const { url, token } = openRemote("https://bot.example/", "new, old");

    expect([url, token.reveal()]).toEqual(["https://bot.example", "new"]);
  });

  it.each([
    ["http://bot.example", "has to be https"],
    ["ftp://bot.example", "is not an http(s) URL"],
    ["https://ada:secret@bot.example", "holds a name or a password"],
    ["bot.example", "is not an http(s) URL"],
  ])("gets no token as %s", (url, sentence) => {
    expect(() => openRemote(url, "token")).toThrow(sentence);
  });

  it("may be on this machine without TLS", () => {
    expect(openRemote("http://127.0.0.1:3000", "token").url).toBe("http://127.0.0.1:3000");
  });
});
