const opens = /^(\s*)(?:Traceback \(most recent call last\):| {2}File "[^"]{0,500}", line \d+)/;
const exception = /^\s*[A-Za-z_][\w.]{0,200}(?::\s|:?$)/;

/** Follows Python's tracebacks, whose last line says what happened. */
export class PythonTraceback {
  #indent: number | undefined;

  /** Takes the next line; true when it is the exception that ends a traceback. */
  read(line: string): boolean {
    if (this.#indent === undefined || line.includes("Traceback (")) {
      this.#indent = line.includes("Traceback") || line.includes('  File "') ? opens.exec(line)?.[1]?.length : undefined;
      return false;
    }
    if (line.trim() === "" || line.length - line.trimStart().length > this.#indent) return false;
    this.#indent = undefined;
    return exception.test(line);
  }
}
