/** A cell of CSV (RFC 4180) that no spreadsheet takes for a formula. */
export function toCsvCell(value: string | number | null): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
  const plain = value.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "");
  // A spreadsheet would take it for a formula (OWASP, "CSV Injection").
  const inert = /^[=+\-@\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
