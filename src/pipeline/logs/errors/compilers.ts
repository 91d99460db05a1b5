import type { ErrorPattern } from "./pattern.ts";

/** Compilers, linkers and what drives them. Sorted by tool. */
export const compilerErrors: readonly ErrorPattern[] = [
  { tool: "assembler", strength: "cause", pattern: /^[^:]{1,500}: Assembler messages:/, looksLike: "/tmp/cc1.s: Assembler messages:" },
  {
    tool: "cargo",
    strength: "cause",
    pattern:
      /^error: (?:failed to (?!run custom)|no matching package|package `|the lock file|linking with|toolchain|component|target|rustc )/,
    looksLike: 'error: failed to select a version for the requirement `serde = "^9"`',
  },
  {
    tool: "cargo",
    strength: "cause",
    pattern: /^error: failed to run custom build command/,
    looksLike: "error: failed to run custom build command for `openssl-sys v0.9.99`",
  },
  {
    tool: "cargo",
    strength: "end",
    pattern: /^error: (?:could not compile|test failed, to rerun|\d+ targets? failed|build failed|aborting due to)/,
    looksLike: "error: could not compile `nextstep` (lib) due to 1 previous error",
    isAfterwards: true,
  },
  {
    tool: "clang",
    strength: "cause",
    pattern: /^(?:fatal )?error: (?:error in backend|unable to create target|unknown target|unable to load plugin)|unknown target triple/,
    looksLike: "error: unable to create target: 'No available targets are compatible with triple'",
  },
  { tool: "CMake", strength: "cause", pattern: /^CMake Error(?: at |: |$)/, looksLike: "CMake Error at CMakeLists.txt:14 (find_package):" },
  {
    tool: "dotnet",
    strength: "cause",
    pattern: /: error (?:CS|FS|BC|MSB|NU|NETSDK|CA|IDE)\d{3,5}: /,
    looksLike: "/src/Program.cs(12,13): error CS0103: The name 'x' does not exist [/src/App.csproj]",
  },
  {
    tool: "FileCheck",
    strength: "cause",
    pattern: /^[^:]{1,500}:\d+:\d+: error: [A-Z][\w-]*: (?:expected string not found|.{0,40} excluded string found)/,
    looksLike: "foo.ll:5:10: error: CHECK: expected string not found in input",
  },
  {
    tool: "gcc/clang",
    strength: "cause",
    pattern:
      /^(?:[A-Za-z]:)?[^:]{1,500}\.(?:c|cc|cpp|cxx|c\+\+|h|hh|hpp|hxx|inc|ipp|m|mm|s|asm|ll|mir|td|cu|def|f90|swift|zig|nim|d|v|sv|proto):\d+(?::\d+)?: (?:fatal )?error: /i,
    looksLike: "M68kISelLowering.cpp:88:12: error: use of undeclared identifier 'Foo'",
  },
  {
    tool: "gcc/clang",
    strength: "cause",
    pattern: /^(?:\S*\/)?(?:[\w-]*-)?(?:gcc|g\+\+|clang|clang\+\+|cc1|cc1plus|c\+\+)(?:-\d+)?: (?:fatal )?error: (?!linker command failed)/,
    looksLike: "clang: error: unsupported option '-mcpu=68040x'",
  },
  {
    tool: "gcc/clang",
    strength: "end",
    pattern: /: error: (?:linker command failed|ld returned \d+ exit status)|all warnings being treated as errors/,
    looksLike: "clang: error: linker command failed with exit code 1",
    isAfterwards: true,
  },
  { tool: "Go", strength: "cause", pattern: /^(?:vet: )?[^\s:]{1,500}\.go:\d+:\d+: \S/, looksLike: "./main.go:10:5: undefined: parse" },
  {
    tool: "Go",
    strength: "cause",
    pattern: /^(?:panic: |fatal error: (?:all goroutines|concurrent map|stack overflow|runtime)|WARNING: DATA RACE)/,
    looksLike: "panic: runtime error: index out of range [3] with length 3",
  },
  {
    tool: "Go",
    strength: "cause",
    pattern:
      /^go: .{0,500}(?:not found|errors parsing|unknown revision|checksum mismatch|requires go|updates to go\.mod|no required module|missing go\.sum)/,
    looksLike: "go: example.com/mod@v1.2.3: unknown revision v1.2.3",
  },
  { tool: "Gradle", strength: "cause", pattern: /^(?:\* What went wrong:|e: (?:file:|\/)\S)/, looksLike: "* What went wrong:" },
  { tool: "Gradle", strength: "cause", pattern: /^[\w.$]{1,300} > \S.{0,300} FAILED$/, looksLike: "MathTest > adds() FAILED" },
  { tool: "Gradle", strength: "hint", pattern: /^> Task \S{1,300} FAILED/, looksLike: "> Task :compileJava FAILED" },
  {
    tool: "javac",
    strength: "cause",
    pattern: /^[^:]{1,500}\.(?:java|scala|groovy):\d+: error: /,
    looksLike: "src/Main.java:10: error: ';' expected",
  },
  {
    tool: "ld",
    strength: "cause",
    pattern:
      /undefined reference to |undefined symbols? ?(?:for architecture|:)|(?:\bld|\blld|\bld\.lld|\brust-lld|\bwasm-ld|\bld64\.lld|\bmold)(?:\.exe)?: (?:error: |cannot find |fatal|symbol|library not found)|multiple definition of [`'‘]|relocation truncated to fit/i,
    looksLike: "spin.rs:10: undefined reference to `__sync_val_compare_and_swap'",
  },
  {
    tool: "LLVM",
    strength: "cause",
    pattern: /LLVM ERROR: |^UNREACHABLE executed|^PLEASE submit a bug report|: Assertion [`'‘].{0,500} failed\./,
    looksLike: "LLVM ERROR: Cannot select: t5: i32 = M68kISD::FOO t3",
  },
  {
    tool: "make",
    strength: "cause",
    pattern: /^(?:g?make(?:\[\d+\])?|[\w./-]{1,200}:\d+): \*\*\* (?!\[)/,
    looksLike: "make: *** No rule to make target 'all'.  Stop.",
  },
  {
    tool: "make",
    strength: "end",
    pattern: /^g?make(?:\[\d+\])?: \*\*\* \[/,
    looksLike: "make: *** [Makefile:10: all] Error 2",
    isAfterwards: true,
  },
  {
    tool: "Maven",
    strength: "cause",
    pattern:
      /^\[ERROR\] (?:(?:\/|[A-Z]:)[^:]{1,500}\.(?:java|kt|scala):\[\d+,\d+\] |.{1,500}<<< (?:FAILURE|ERROR)!|\[ERROR\] |Failed to execute goal|COMPILATION ERROR)/,
    looksLike: "[ERROR] /src/Main.java:[10,5] cannot find symbol",
  },
  {
    tool: "MSVC",
    strength: "cause",
    pattern: /^(?:[A-Za-z]:)?[^:]{1,500}(?:\(\d+(?:,\d+)?\)|LINK) ?: (?:fatal )?error (?:C|LNK)\d{4}: /,
    looksLike: "main.cpp(10): error C2065: 'x': undeclared identifier",
  },
  { tool: "ninja", strength: "hint", pattern: /^FAILED: \S/, looksLike: "FAILED: lib/Target/M68k/M68kISelLowering.cpp.o" },
  {
    tool: "ninja",
    strength: "end",
    pattern: /^ninja: build stopped/,
    looksLike: "ninja: build stopped: subcommand failed.",
    isAfterwards: true,
  },
  {
    tool: "ninja",
    strength: "cause",
    pattern: /^ninja: error: /,
    looksLike: "ninja: error: loading 'build.ninja': No such file or directory",
  },
  { tool: "rustc", strength: "cause", pattern: /^error\[E\d{4}\]: /, looksLike: "error[E0308]: mismatched types" },
  { tool: "rustc", strength: "cause", pattern: /^ *--> \S.{0,500}:\d+:\d+$/, explains: /^error: /, looksLike: "  --> src/main.rs:4:18" },
  {
    tool: "rustc",
    strength: "cause",
    pattern: /^error: internal compiler error: /,
    looksLike: "error: internal compiler error: unexpected panic",
  },
  {
    tool: "tsc",
    strength: "cause",
    pattern: /^\S{1,500}(?:\(\d+,\d+\):|:\d+:\d+ -) error TS\d{4,5}: |^error TS\d{4,5}: /,
    looksLike: "src/main.ts(4,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  },
];
