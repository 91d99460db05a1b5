import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 1.";
const pytest = (test: string, error: string, ...more: readonly string[]) =>
  step(
    "pytest -q",
    `____________ ${test.split("::").at(-1)} ____________`,
    `E       ${error}`,
    "=========================== short test summary info ============================",
    `FAILED ${test} - ${error}`,
    ...more.map((one) => `FAILED ${one} - ${error}`),
    `${more.length + 1} failed, 210 passed in 31.20s`,
    exit,
  );
const race = (left: number) => pytest("tests/test_pool.py::test_returns_connections", `assert ${left} == 0`);
const upload = (seconds: number) => pytest("tests/test_upload.py::test_resumes", `TimeoutError: upload took ${seconds} s`);
const frozen = pytest(
  "tests/test_dates.py::test_end_of_month",
  "AssertionError: assert datetime.date(2026, 12, 1) == datetime.date(2026, 11, 30)",
);

export const python: readonly Labelled[] = [
  {
    story: "The pull request changes a rounding, and a test says so.",
    truth: "yours",
    jobs: [
      { name: "unit (3.13)", log: pytest("tests/test_price.py::test_rounds_half_up", "assert 3 == 4"), main: green(20), base: passed },
    ],
  },
  {
    story: "A pool's race: failed on main on three commits this week and passed when run again.",
    truth: "flaky",
    jobs: [
      {
        name: "unit (3.13)",
        log: race(2),
        main: [flaked(race(1)), ...green(5), flaked(race(3)), passed, flaked(race(1)), ...green(9)],
        base: passed,
      },
    ],
  },
  {
    story: "The same race, on a machine where main's failures were never looked into.",
    truth: "flaky",
    jobs: [
      { name: "unit (3.12)", log: race(2), main: [["failed", "passed"], ...green(5), ["failed", "passed"], ...green(9)], base: passed },
    ],
  },
  {
    story: "main's failures were never looked into, the job is flaky there, and the pull request breaks a test.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.12)",
        log: pytest("tests/test_cart.py::test_total", "KeyError: 'currency'"),
        main: [["failed", "passed"], ...green(5), ["failed", "passed"], ...green(9)],
        base: passed,
      },
    ],
  },
  {
    story: "A test compares with today's date, and today is the last of the month: main fails too since midnight.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "unit (3.13)",
        log: frozen,
        main: [red(frozen), ...green(19)],
        base: passed,
        seen: [
          ["pull:31", 50],
          ["branch:main", 20],
        ],
      },
    ],
  },
  {
    story: "The same date, but main has not run since midnight; four pull requests of four people fail.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "unit (3.13)",
        log: frozen,
        main: green(20),
        base: passed,
        seen: [
          ["pull:31", 25],
          ["pull:32", 20],
          ["pull:35", 4],
        ],
      },
    ],
  },
  {
    story: "A stack of three pull requests of one person: each has the first one's bug.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.13)",
        log: pytest("tests/test_api.py::test_lists", "TypeError: list() got an unexpected keyword argument 'cursor'"),
        main: green(20),
        base: passed,
        seen: [
          ["pull:40", 12],
          ["pull:41", 11],
        ],
      },
    ],
  },
  {
    story: "The package index did not answer in time.",
    truth: "infrastructure",
    jobs: [
      {
        name: "unit (3.13)",
        log: step(
          "pip install -r requirements.txt",
          "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out.",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request asks for a version that no index has.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.13)",
        log: step("pip install -r requirements.txt", "ERROR: No matching distribution found for shop-client==9.9", exit),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "A test of the retry code asserts on a 503 of pypi.org, and the pull request broke the retry.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.13)",
        log: pytest("tests/test_retry.py::test_gives_up", "AssertionError: assert '503 Service Unavailable from pypi.org' == 'gave up'"),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The database container of the job is not up, because the pull request changed its port.",
    truth: "yours",
    jobs: [
      {
        name: "integration",
        log: step(
          "pytest integration",
          'psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The database container is slow now and then, which main knows well.",
    truth: "flaky",
    jobs: [
      {
        name: "integration",
        log: step(
          "pytest integration",
          'psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
          exit,
        ),
        main: [1, 2, 3].flatMap(() => [
          passed,
          flaked(
            step(
              "pytest",
              'psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
              exit,
            ),
          ),
        ]),
        base: passed,
      },
    ],
  },
  {
    story: "A slow upload in a test with a deadline; failed twice here and never on main: the pull request made it slow.",
    truth: "yours",
    jobs: [{ name: "unit (3.13)", log: upload(61), main: green(20), base: passed, again: true }],
  },
  {
    story: "A slow upload on a slow machine, never seen before and gone in the next attempt.",
    truth: "flaky",
    jobs: [{ name: "unit (3.13)", log: upload(61), main: green(20), base: passed, passed: true }],
  },
  {
    story: "A slow upload on a slow machine, never seen before; nobody has run it again yet.",
    truth: "flaky",
    jobs: [{ name: "unit (3.13)", log: upload(61), main: green(20), base: passed }],
  },
  {
    story: "main has one failing test; the pull request has that one and two more.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.13)",
        log: pytest("tests/test_price.py::test_vat", "assert 19 == 21", "tests/test_cart.py::test_total", "tests/test_cart.py::test_empty"),
        main: [red(pytest("tests/test_price.py::test_vat", "assert 19 == 21")), ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "main has three failing tests, and the pull request has two of them.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "unit (3.13)",
        log: pytest("tests/test_price.py::test_vat", "assert 19 == 21", "tests/test_cart.py::test_total"),
        main: [
          red(
            pytest("tests/test_price.py::test_vat", "assert 19 == 21", "tests/test_cart.py::test_total", "tests/test_cart.py::test_empty"),
          ),
          failed,
        ],
        base: failed,
      },
    ],
  },
  {
    story: "main's history could not be read; the pull request has a syntax error.",
    truth: "yours",
    jobs: [
      {
        name: "unit (3.13)",
        log: step("python -m compileall src", 'SyntaxError: invalid syntax in "src/shop/cart.py"', exit),
        base: passed,
      },
    ],
  },
];
