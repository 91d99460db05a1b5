import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 2.";
const gcc = (line: string) =>
  step("make -j4 ARCH=m68k", line, "make[1]: *** [Makefile:212: src/boot.o] Error 1", "make: *** [Makefile:40: all] Error 2", exit);
const emulation = (address: string) =>
  step(
    "ctest --output-on-failure",
    "qemu: uncaught target signal 4 (Illegal instruction) - core dumped",
    " 3/10 Test  #3: emulation-68040 ..........***Failed    0.61 sec",
    `PC=${address}`,
    exit,
  );
const disk = step("dd if=image of=/dev/loop0", "dd: error writing 'disk.img': No space left on device", exit);
const generic = step("./configure && make", "make: *** [Makefile:3: all] Error 2", exit);

export const cAndEmbedded: readonly Labelled[] = [
  {
    story: "The pull request uses a variable that it does not declare.",
    truth: "yours",
    jobs: [
      {
        name: "build-m68k",
        log: gcc("src/boot.c:12:5: error: 'irq_count' undeclared (first use in this function)"),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "Main lacks a header since the last merge.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "build-m68k",
        log: gcc("src/dma.c:3:10: fatal error: nextbus.h: No such file or directory"),
        main: [red(gcc("src/dma.c:3:10: fatal error: nextbus.h: No such file or directory")), ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "Two builds of one matrix fail, both because of a symbol that the pull request removed.",
    truth: "yours",
    jobs: ["build-68030", "build-68040"].map((name) => ({
      name,
      log: gcc("/usr/bin/ld: boot.o: undefined reference to `scsi_reset'"),
      main: green(20),
      base: passed,
    })),
  },
  {
    story: "The emulator hits an illegal instruction on some hosts' processors: a known issue.",
    truth: "infrastructure",
    jobs: [{ name: "emulation-68040", log: emulation("0x0400a1c2"), main: green(20), base: passed, known: "infrastructure" }],
  },
  {
    story: "The emulator hits an illegal instruction because the pull request compiles with the wrong -mcpu.",
    truth: "yours",
    jobs: [{ name: "emulation-68030", log: emulation("0x04001000"), main: green(20), base: passed }],
  },
  {
    story: "The emulator's crash came and went three times on main this week, and here it is again.",
    truth: "flaky",
    jobs: [
      {
        name: "emulation-68040",
        log: emulation("0x0400a1c2"),
        main: [
          passed,
          red(emulation("0x0400beef")),
          ...green(4),
          flaked(emulation("0x04000002")),
          ...green(7),
          flaked(emulation("0x0400a1c4")),
        ],
        base: passed,
      },
    ],
  },
  {
    story: "The runner's disk filled up while the image was written.",
    truth: "infrastructure",
    jobs: [{ name: "image", log: disk, main: green(20), base: passed }],
  },
  {
    story: "The pull request makes the image eight times as large by mistake, and the disk is full.",
    truth: "yours",
    jobs: [{ name: "image", log: disk, main: green(20), base: passed, again: true }],
  },
  {
    story: "A configure script fails without saying why: the pull request broke it.",
    truth: "yours",
    jobs: [{ name: "configure", log: generic, main: green(20), base: passed }],
  },
  {
    story: "Main's newest run ended with the same bare make error, for another reason; the pull request broke its own.",
    truth: "yours",
    jobs: [{ name: "configure", log: generic, main: [red(generic), ...green(19)], base: passed }],
  },
  {
    story: "make is out of memory because the runner shares its machine.",
    truth: "infrastructure",
    jobs: [
      {
        name: "build-all",
        log: step("make -j64", "g++: fatal error: Killed signal terminated program cc1plus", "compilation terminated.", exit),
        main: [...green(4), failed, ...green(15)],
        base: passed,
      },
    ],
  },
  {
    story: "The pull request adds a template that takes 30 GB to compile, and the compiler is killed.",
    truth: "yours",
    jobs: [
      {
        name: "build-all",
        log: step("make -j4", "g++: fatal error: Killed signal terminated program cc1plus", "compilation terminated.", exit),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "A mirror of Ubuntu answered 503.",
    truth: "infrastructure",
    jobs: [
      {
        name: "build-m68k",
        log: step(
          "sudo apt-get install -y gcc-m68k-linux-gnu",
          "E: Failed to fetch http://azure.archive.ubuntu.com/ubuntu/pool/universe/g/gcc.deb  503  Service Unavailable [IP: 20.1.2.3 80]",
          "Error: Process completed with exit code 100.",
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request misspells a package.",
    truth: "yours",
    jobs: [
      {
        name: "build-m68k",
        log: step(
          "sudo apt-get install -y gcc-m69k",
          "E: Unable to locate package gcc-m69k",
          "Error: Process completed with exit code 100.",
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "Main was broken where the branch began and was mended since; the branch still has the fault.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "build-m68k",
        log: gcc("src/vm.c:90:3: error: too few arguments to function 'pmap_enter'"),
        main: [...green(2), red(gcc("src/vm.c:90:3: error: too few arguments to function 'pmap_enter'")), ...green(17)],
        base: red(gcc("src/vm.c:90:3: error: too few arguments to function 'pmap_enter'")),
      },
    ],
  },
  {
    story: "Main was red where the branch began, for want of a semicolon elsewhere; this branch fails by its own fault.",
    truth: "yours",
    jobs: [
      {
        name: "build-m68k",
        log: gcc("src/tty.c:31:1: error: expected ';' before '}' token"),
        main: [passed, red(gcc("src/clock.c:8:2: error: expected ';' before '}' token")), ...green(18)],
        base: red(gcc("src/clock.c:8:2: error: expected ';' before '}' token")),
      },
    ],
  },
];
