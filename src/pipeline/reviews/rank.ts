const testFolders = new Set(["test", "tests", "__tests__", "spec", "specs", "testing", "e2e", "fixtures", "testdata", "benches"]);
const testName = /(?:^test_|^conftest\.|[._-](?:test|tests|spec|e2e|bench)\.[a-z0-9]+$|_test\.[a-z]+$|Tests?\.[a-z]+$)/;
const isProse = /\.(?:md|mdx|markdown|rst|adoc|txt|tex|svg|csv|tsv|po|pot)$|^(?:license|changelog|authors|notice|codeowners)(?:\.|$)/i;
const docFolders = new Set(["doc", "docs", "documentation", "examples", "locale", "locales", "i18n"]);

/** In which order files of a change are looked at: 0 source, 1 tests, 2 what explains or translates. */
export function rankOf(path: string): 0 | 1 | 2 {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  const folders = parts.slice(0, -1).map((folder) => folder.toLowerCase());
  if (isProse.test(name) || folders.some((folder) => docFolders.has(folder))) return 2;
  return testName.test(name) || folders.some((folder) => testFolders.has(folder)) ? 1 : 0;
}
