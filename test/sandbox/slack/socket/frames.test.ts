import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame, opcodes, ProtocolError } from "../../../../src/sandbox/slack/socket/frames.ts";

/** A frame as a client sends it: the server's, masked. */
function masked(opcode: number, payload: Buffer, { isLast = true } = {}): Buffer {
  const plain = encodeFrame(opcode, payload);
  const head = Buffer.from(plain.subarray(0, plain.length - payload.length));
  head.writeUInt8(head.readUInt8(1) | 0x80, 1);
  if (!isLast) head.writeUInt8(opcode, 0);
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0))]);
}

const limit = 100_000;
const closesWith = (bytes: Buffer) => {
  try {
    decodeFrame(bytes, limit);
  } catch (error) {
    return error instanceof ProtocolError ? error.code : error;
  }
  return undefined;
};

describe("a WebSocket frame", () => {
  it("is read as it was sent, however long it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(130), fc.integer({ min: 65_530, max: 65_540 })), (length) => {
        const payload = Buffer.alloc(length, "a");
        const bytes = masked(opcodes.text, payload);

        const decoded = decodeFrame(Buffer.concat([bytes, Buffer.from("more")]), limit);

        expect(decoded?.size).toBe(bytes.length);
        expect(decoded?.frame.payload.equals(payload)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("is waited for while it is not whole", () => {
    const bytes = masked(opcodes.text, Buffer.alloc(300, "a"));

    for (let length = 0; length < bytes.length; length += 1) expect(decodeFrame(bytes.subarray(0, length), limit)).toBeUndefined();
  });

  it.each([
    ["is not masked", encodeFrame(opcodes.text, Buffer.from("a")), 1002],
    ["is too long", masked(opcodes.text, Buffer.alloc(limit + 1)), 1009],
    ["has an unknown opcode", masked(3, Buffer.from("a")), 1002],
    ["uses an extension", Buffer.concat([Buffer.from([0xc1, 0x80]), Buffer.alloc(4)]), 1002],
    ["is a control frame in parts", masked(opcodes.ping, Buffer.from("a"), { isLast: false }), 1002],
    ["is a long control frame", masked(opcodes.ping, Buffer.alloc(126)), 1002],
  ])("is refused when it %s", (_, bytes, code) => {
    expect(closesWith(bytes)).toBe(code);
  });
});
