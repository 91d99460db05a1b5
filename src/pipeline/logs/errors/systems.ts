import type { ErrorPattern } from "./pattern.ts";

/** Shells, packages, containers, run times, the runner and the machine. Sorted by tool. */
export const systemErrors: readonly ErrorPattern[] = [
  { tool: "apt", strength: "cause", pattern: /^E: \S/, looksLike: "E: Unable to locate package gcc-m68k-linux-gnu" },
  {
    tool: "Docker",
    strength: "cause",
    pattern: /^(?:#\d+ )?ERROR: (?:failed to (?:solve|build)|process ")/,
    looksLike: 'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
  },
  {
    tool: "Docker",
    strength: "cause",
    pattern: /^(?:docker: )?(?:Error response from daemon|Cannot connect to the Docker daemon)/,
    looksLike: "docker: Error response from daemon: manifest unknown",
  },
  {
    tool: "Docker",
    strength: "cause",
    pattern: /^toomanyrequests: \S/,
    looksLike: "toomanyrequests: You have reached your unauthenticated pull rate limit.",
  },
  { tool: "Git", strength: "cause", pattern: /^CONFLICT \(/, looksLike: "CONFLICT (content): Merge conflict in src/lib.rs" },
  { tool: "Git", strength: "hint", pattern: /^fatal: \S/, looksLike: "fatal: couldn't find remote ref refs/heads/main" },
  {
    tool: "GitHub Actions",
    strength: "cause",
    pattern: /^(?:Error: )?The (?:job|action) .{0,300}(?:has exceeded the maximum execution time|has timed out)/,
    looksLike: "The job running on runner GitHub Actions 7 has exceeded the maximum execution time of 360 minutes.",
    isAfterwards: true,
  },
  {
    tool: "GitHub Actions",
    strength: "cause",
    pattern:
      /^(?:Error: )?(?:The (?:hosted |self-hosted )?runner .{0,300}(?:lost communication|has received a shutdown signal)|No space left on device)/,
    looksLike: "The runner has received a shutdown signal.",
    isAfterwards: true,
  },
  {
    tool: "GitHub Actions",
    strength: "end",
    pattern:
      /^(?:Error: )?(?:Process completed with exit code [1-9]|The operation was cancell?ed|The process '.{0,300}' failed with exit code)/,
    looksLike: "Error: Process completed with exit code 101.",
    isAfterwards: true,
  },
  {
    tool: "JVM",
    strength: "cause",
    pattern: /^(?:Exception in thread "|java\.lang\.OutOfMemoryError)/,
    looksLike: 'Exception in thread "main" java.lang.IllegalStateException: no state',
  },
  {
    tool: "Node.js",
    strength: "cause",
    pattern: /^ *(?:Uncaught (?:\w{1,60} )?)?[A-Z]\w{0,40}[a-z]Error(?: \[\w{1,60}\])?: \S/,
    looksLike: 'TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be a string',
  },
  { tool: "npm", strength: "cause", pattern: /^npm (?:ERR!|error) code E(?!LIFECYCLE)/, looksLike: "npm error code ERESOLVE" },
  {
    tool: "npm",
    strength: "end",
    pattern: /^npm (?:ERR!|error) /,
    looksLike: "npm error Lifecycle script `test` failed with error:",
    isAfterwards: true,
  },
  {
    tool: "pnpm",
    strength: "cause",
    pattern: /\bERR_PNPM_(?!RECURSIVE_RUN|RECURSIVE_EXEC)\w/,
    looksLike: ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"',
  },
  {
    tool: "pnpm",
    strength: "end",
    pattern: /^\s*(?:ELIFECYCLE|ERR_PNPM_RECURSIVE)/,
    looksLike: " ELIFECYCLE  Command failed with exit code 1.",
    isAfterwards: true,
  },
  {
    tool: "QEMU",
    strength: "cause",
    pattern: /^qemu(?:-[\w-]{1,40})?: (?!warning)\S/,
    looksLike: "qemu: uncaught target signal 4 (Illegal instruction) - core dumped",
  },
  {
    tool: "shell",
    strength: "cause",
    pattern:
      /^(?:\S{1,200}: )?(?:line )?\d+: \S{1,200}: (?:command )?not found$|^(?:\/\S{1,200}: line \d+|bash|sh|zsh): .{1,200}: (?:command not found|No such file or directory|Permission denied|syntax error)/,
    looksLike: "/home/runner/work/_temp/1.sh: line 3: cargo-nextest: command not found",
  },
  {
    tool: "signal",
    strength: "cause",
    pattern:
      /SIGILL|SIGSEGV|SIGABRT|SIGBUS|\bIllegal instruction\b|\bSegmentation fault\b|\bBus error\b|\(core dumped\)|AddressSanitizer: |runtime error: .{0,200}(?:overflow|null pointer|misaligned)/,
    looksLike: "process didn't exit successfully: `target/m68k/debug/boot` (signal: 4, SIGILL: illegal instruction)",
  },
  {
    tool: "system",
    strength: "cause",
    pattern:
      /\bNo space left on device\b|\bOut of memory\b|\bCannot allocate memory\b|\bOOMKilled\b|JavaScript heap out of memory|signal: 9, SIGKILL|^(?:\S{1,200}: line \d+: +\d+ )?Killed(?:$| )|virtual memory exhausted/i,
    looksLike: "/home/runner/work/_temp/1.sh: line 2:  4242 Killed                  make -j8",
  },
  {
    tool: "Yarn",
    strength: "cause",
    pattern: /^➤ YN(?:0001|0002|0009|0016|0018|0028|0035|0082): /,
    looksLike: "➤ YN0028: │ The lockfile would have been modified by this install",
  },
  {
    tool: "Yarn",
    strength: "end",
    pattern: /^error Command failed(?: with exit code|\.|$)/,
    looksLike: "error Command failed with exit code 1.",
    isAfterwards: true,
  },
];
