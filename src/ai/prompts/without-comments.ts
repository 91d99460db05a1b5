/** Markdown without its HTML comments, which people do not see; one that nothing ends goes to the end, as it does where it is shown. */
export function withoutComments(markdown: string): string {
  let kept = "";
  for (let at = 0; ; ) {
    const start = markdown.indexOf("<!--", at);
    if (start === -1) return kept + markdown.slice(at);
    kept += markdown.slice(at, start);
    const end = markdown.indexOf("-->", start + 4);
    if (end === -1) return kept;
    at = end + 3;
  }
}
