import { describe, expect, it } from "vitest";
import { withItem } from "../../src/config/with-item.ts";

describe("an item of a list in a file", () => {
  it.each([
    ["an empty list", '{\n  "all": []\n}\n', '{\n  "all": [\n    {\n      "id": 1\n    }\n  ]\n}\n'],
    [
      "others",
      '{\n  "all": [\n    { "a": [1] }\n  ],\n  "b": 2\n}',
      '{\n  "all": [\n    { "a": [1] },\n    {\n      "id": 1\n    }\n  ],\n  "b": 2\n}',
    ],
    [
      "line ends of Windows",
      '{\r\n  "all": [\r\n    1\r\n  ]\r\n}',
      '{\r\n  "all": [\r\n    1,\r\n    {\r\n      "id": 1\r\n    }\r\n  ]\r\n}',
    ],
    ["everything on one line", '{ "all": [1] }', '{ "all": [1,\n    {\n      "id": 1\n    }] }'],
  ])("goes behind %s, and the rest stays as it is", (_, before, after) => {
    expect(withItem(before, "all", '{\n  "id": 1\n}')).toBe(after);
    expect(() => JSON.parse(after)).not.toThrow();
  });
});
