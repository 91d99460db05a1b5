import { describe, expect, it } from "vitest";
import { comparePrices } from "../../src/cli/prices/compare.ts";
import { parseLiteLlm } from "../../src/cli/prices/litellm.ts";
import { printComparison } from "../../src/cli/prices/print-comparison.ts";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";

const book = packagedPriceBook();
const at = Date.parse("2026-11-23T12:00:00Z");

const sonnet = {
  litellm_provider: "anthropic",
  mode: "chat",
  max_tokens: 64_000,
  supports_vision: true,
  input_cost_per_token: 3e-6,
  output_cost_per_token: 1.5e-5,
  cache_read_input_token_cost: 3e-7,
  cache_creation_input_token_cost: 3.75e-6,
  cache_creation_input_token_cost_above_1hr: 6e-6,
  input_cost_per_token_above_200k_tokens: 6e-6,
  output_cost_per_token_above_200k_tokens: 2.25e-5,
};
const o3 = {
  litellm_provider: "openai",
  mode: "chat",
  input_cost_per_token: 2e-6,
  output_cost_per_token: 8e-6,
  cache_read_input_token_cost: 5e-7,
};
const gemini = {
  litellm_provider: "gemini",
  mode: "chat",
  input_cost_per_token: 1.25e-6,
  output_cost_per_token: 1e-5,
  input_cost_per_token_above_200k_tokens: 2.5e-6,
  output_cost_per_token_above_200k_tokens: 1.5e-5,
};
const aList = { "claude-sonnet-4-5": sonnet, "claude-sonnet-4-5-20250929": sonnet, o3, "gemini/gemini-2.5-pro": gemini };

function compare(list: object) {
  const theirs = parseLiteLlm(JSON.stringify(list));
  if (!theirs) throw new Error("It is no list.");
  return comparePrices(book, theirs, at);
}

describe("the comparison with LiteLLM's list", () => {
  it("finds nothing where the prices are the same", () => {
    expect(compare(aList)).toMatchObject({ differences: [], compared: ["claude-sonnet-4-5", "o3", "gemini-2.5-pro"], lackedByUs: [] });
  });

  it.each<[string, object, readonly string[]]>([
    ["a price", { o3: { ...o3, cache_read_input_token_cost: 1.5e-6 } }, ["o3 cached_input 500000 1500000"]],
    [
      "a price with the noise of a binary fraction not",
      { "claude-sonnet-4-5": { ...sonnet, input_cost_per_token: (0.1 + 0.2) * 1e-5 } },
      [],
    ],
    [
      "the cache of an hour",
      { "claude-sonnet-4-5": { ...sonnet, cache_creation_input_token_cost_above_1hr: 3.75e-6 } },
      ["claude-sonnet-4-5 cache_write_1h 6000000 3750000"],
    ],
    [
      "a long request",
      { "gemini/gemini-2.5-pro": { ...gemini, output_cost_per_token_above_200k_tokens: 2e-5 } },
      ["gemini-2.5-pro output_extended 15000000 20000000"],
    ],
    [
      "how long is long",
      {
        "gemini/gemini-2.5-pro": {
          ...o3,
          litellm_provider: "gemini",
          input_cost_per_token: 1.25e-6,
          output_cost_per_token: 1e-5,
          cache_read_input_token_cost: 1.25e-7,
          input_cost_per_token_above_128k_tokens: 2.5e-6,
        },
      },
      ["gemini-2.5-pro extended_above 200000 128000"],
    ],
    [
      "a long price that we have not",
      { o3: { ...o3, input_cost_per_token_above_200k_tokens: 4e-6 } },
      ["o3 input_extended undefined 4000000"],
    ],
    [
      "a long price that they have not",
      { "gemini/gemini-2.5-pro": { litellm_provider: "gemini", mode: "chat", input_cost_per_token: 1.25e-6, output_cost_per_token: 1e-5 } },
      ["gemini-2.5-pro input_extended 2500000 undefined"],
    ],
    [
      "a price twice only where it differs twice",
      {
        "claude-sonnet-4-5": { ...sonnet, output_cost_per_token: 1 },
        "anthropic/claude-sonnet-4-5-20250929": { ...sonnet, output_cost_per_token: 1 },
      },
      ["claude-sonnet-4-5 output 15000000 1000000000000"],
    ],
  ])("names %s", (_, list, differences) => {
    expect(compare(list).differences.map(({ model, field, ours, theirs }) => `${model} ${field} ${ours} ${theirs}`)).toEqual(differences);
  });

  it("leaves out what other clouds sell, what is no chat, and what is no model", () => {
    const { compared, lackedByUs } = compare({
      ...aList,
      sample_spec: { litellm_provider: "one of https://docs.litellm.ai", mode: "chat", input_cost_per_token: 0 },
      "anthropic.claude-sonnet-4-5-v1:0": { ...sonnet, litellm_provider: "bedrock" },
      "vertex_ai/gemini-2.5-pro": { ...gemini, litellm_provider: "vertex_ai-language-models" },
      "openai/container": { ...o3, litellm_provider: "openai", mode: "embedding" },
      "openai/us/gpt-9": o3,
      "dall-e": { litellm_provider: "openai", mode: "chat", input_cost_per_token: "free" },
      "gpt-99": o3,
    });

    expect(compared).toEqual(["claude-sonnet-4-5", "o3", "gemini-2.5-pro"]);
    expect(lackedByUs).toEqual(["gpt-99"]);
  });

  it("tells of our models that they lack, but not of those without a price today", () => {
    const { lackedByThem } = compare(aList);

    expect(lackedByThem).toContain("claude-opus-5-5");
    expect(lackedByThem).not.toContain("o3");
    expect(lackedByThem).not.toContain("gpt-5.6-sol");
    expect(compare({ ...aList, "gpt-5.6-sol": o3 }).lackedByUs).toEqual(["gpt-5.6-sol"]);
  });

  it.each(["", "{", "[]", "null", "7", '"x"', "{}", '{"o3":{"input":2}}', '{"o3":null}'])("says that %j is no such list", (text) => {
    expect(parseLiteLlm(text)).toBeUndefined();
  });

  it("is not harmed by what stands there", () => {
    const hostile = `{"__proto__":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1,"output_cost_per_token":1,"polluted":1},
      "constructor":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1e-6,"output_cost_per_token":1e-6},
      "\\u001b[31mred":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1e-6,"output_cost_per_token":1e-6},
      "o3":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":1e300,"output_cost_per_token":-1}}`;
    const comparison = comparePrices(book, parseLiteLlm(hostile) ?? [], at);

    expect(comparison.differences).toEqual([]);
    expect(printComparison(comparison, false)).not.toContain(`${String.fromCharCode(27)}[31m`);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("is printed with what is ours, what is theirs and by how much", () => {
    const comparison = compare({ o3: { ...o3, cache_read_input_token_cost: 1.5e-6 }, "gpt-99": o3 });

    expect(printComparison(comparison, false).split("Not in their list")[0]?.replaceAll(/ {2,}/g, "  ")).toBe(
      "Model  Price  Ours  Theirs  Ours less theirs\no3  cached_input  0.5  1.5  -1\nUSD for a million tokens.\n\n1 model compared, 1 difference.\n\nWithout a price here: gpt-99.\n\n",
    );
    expect(JSON.parse(printComparison(comparison, true))).toMatchObject({
      differences: [{ model: "o3", field: "cached_input", ours: "0.5", theirs: "1.5", difference: "-1", key: "o3" }],
      lackedByUs: ["gpt-99"],
    });
  });
});
