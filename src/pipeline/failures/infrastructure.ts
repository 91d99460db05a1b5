/** What the machine, the network or a service did, and no code of the repository. */
export interface MachineFault {
  readonly name: string;
  readonly pattern: RegExp;
  /** For people, without its full stop. */
  readonly sentence: string;
  readonly looksLike: string;
  /** Code can do it too: then it comes back on the same commit. */
  readonly isCodeToo?: true;
}

/** An error is told near the start of its line. */
const looksAt = 2_000;

/** Hosts that are nobody's own, so that a request to them is no test. */
const services =
  /(?<!\w\/)\b(?:github\.com|githubusercontent\.com|ghcr\.io|docker\.io|docker\.com|quay\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.npmjs\.org|registry\.yarnpkg\.com|nodejs\.org|pypi\.org|pythonhosted\.org|crates\.io|static\.rust-lang\.org|proxy\.golang\.org|sum\.golang\.org|go\.dev|repo1?\.maven(?:\.apache)?\.org|(?:plugins|services)\.gradle\.org|rubygems\.org|packagist\.org|api\.nuget\.org|archive\.ubuntu\.com|security\.ubuntu\.com|ports\.ubuntu\.com|deb\.debian\.org|alpinelinux\.org|packages\.microsoft\.com|conda\.anaconda\.org|actions\.githubusercontent\.com|blob\.core\.windows\.net)\b/i;

const trouble =
  /Could not resolve host|Temporary failure (?:in name resolution|resolving)|server misbehaving|no such host|EAI_AGAIN|ENOTFOUND|ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNREFUSED|socket hang up|connection (?:was )?(?:reset|refused|timed out|broken|failed)|failed to connect to|could not connect to|read timed out|operation timed out|TLS handshake timeout|i\/o timeout|SSL_ERROR_SYSCALL|gnutls_handshake|GnuTLS recv error|unexpected EOF|request canceled while waiting for connection|network is unreachable|error sending request|failed to make network request|(?<![.:\d])\b(?:429|50[0234])\b(?!:\d)|Too Many Requests|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Internal Server Error/;

/** The machine itself is there as well, and what a test talks to. */
const ownHost = /\blocalhost\b|(?<!on )\b127\.0\.0\.\d|\[::1\]|\b0\.0\.0\.0\b|\.local\b|\.svc\b|\.test\b|example\.(?:com|org)/;

/** A test says what it saw: that is about the code, whatever words stand in it. */
const ofTest =
  /^\s*(?:E {2,}|[●✖✕×✗] |--- FAIL|=== FAIL|not ok\b|FAIL\b|FAILED\b|AssertionError|assert\b|expect|Expected|Received|thread '|test |\d+\) |Failure\/Error)|panicked at|\b[Aa]ssert(?:ion)?(?:Error| failed|ed)\b|\bto(?:Be|Equal|Match|Throw)\(|\bexpected\b/;

/** Sorted by name. */
export const machineFaults: readonly MachineFault[] = [
  {
    name: "actions download",
    pattern:
      /Failed to download (?:action|archive) '?https:\/\/(?:api|codeload)\.github\.com\/.{1,300}(?:\b(?:429|5\d\d)\b|timed out|reset)/i,
    sentence: "GitHub did not hand out an action that the job uses",
    looksLike:
      "Failed to download action 'https://api.github.com/repos/actions/checkout/tarball/v4'. Error: Response status code does not indicate success: 503",
  },
  {
    name: "apt mirror",
    pattern:
      /^(?:E|Err|W): ?(?:Failed to fetch https?:\/\/\S{1,300} {1,2}(?:5\d\d\b|429\b|Hash Sum mismatch|Connection (?:failed|timed out)|Could not connect|Unable to connect|Temporary failure|Cannot initiate|File has unexpected size)|The repository '.{1,200}' .{0,80}(?:5\d\d|timed out))/,
    sentence: "a package mirror did not answer",
    looksLike: "E: Failed to fetch http://azure.archive.ubuntu.com/ubuntu/pool/main/g/gcc.deb  503  Service Unavailable",
  },
  {
    name: "artifact or cache service",
    pattern:
      /(?:Failed to (?:CreateArtifact|FinalizeArtifact|ListArtifacts|GetSignedArtifactURL|GetCacheEntryDownloadURL|restore|save|download artifact|upload artifact)|(?:Artifact|Cache) service responded with|Unable to (?:make request|download artifact|upload artifact)).{0,200}(?:\b(?:429|5\d\d)\b|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|timed? ?out|socket hang up)|Artifact storage quota has been hit/i,
    sentence: "GitHub's store of artifacts and caches did not work",
    looksLike: "Failed to CreateArtifact: Failed to make request after 5 attempts: Request timeout: /twirp/github.actions 503",
  },
  {
    name: "disk full",
    pattern: /^(?!.{0,200}\bquota\b).{0,300}(?:No space left on device|There is not enough space on the disk)/,
    sentence: "the runner's disk is full",
    isCodeToo: true,
    looksLike: "System.IO.IOException: No space left on device : '/home/runner/runners/2.320.0/_diag/Worker.log'",
  },
  {
    name: "git transport",
    pattern:
      /^(?:error: RPC failed; (?:curl (?:16|18|28|35|52|55|56|92)|HTTP (?:429|5\d\d))|fatal: (?:the remote end hung up unexpectedly|early EOF)|fatal: unable to access 'https:\/\/github\.com\/.{1,200}(?:returned error: (?:429|5\d\d)|Could not resolve host|Failed to connect|reset by peer|timed out|TLS|SSL|GnuTLS))/,
    sentence: "the connection to the Git server broke",
    looksLike: "fatal: unable to access 'https://github.com/acme/shop/': The requested URL returned error: 502",
  },
  {
    name: "GitHub API limit",
    pattern: /API rate limit exceeded for (?:installation|user|site|\d)|exceeded a secondary rate limit/,
    sentence: "GitHub's API had enough requests of ours",
    isCodeToo: true,
    looksLike: "HttpError: API rate limit exceeded for installation ID 4242.",
  },
  {
    name: "GitHub internal error",
    pattern:
      /GitHub Actions has encountered an internal error|The job was not (?:acquired by Runner|started because)|no enabled runners online|No server is currently available to service your request/,
    sentence: "GitHub could not run the job",
    looksLike: "GitHub Actions has encountered an internal error when running your job.",
  },
  {
    name: "npm network",
    pattern: /^npm (?:ERR!|error) code (?:ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|E429|E5\d\d)\b|ERR_PNPM_FETCH_(?:429|5\d\d)\b/,
    sentence: "the package registry did not answer",
    looksLike: "npm error code ECONNRESET",
  },
  {
    name: "pull limit",
    pattern: /toomanyrequests: |You have reached your (?:unauthenticated )?pull rate limit/,
    sentence: "the container registry's pull limit was reached",
    looksLike: "toomanyrequests: You have reached your unauthenticated pull rate limit.",
  },
  {
    name: "runner lost",
    pattern:
      /The (?:hosted|self-hosted) runner.{0,200}lost communication|The runner has received a shutdown signal|Out of memory: Killed process \d+ \(Runner\./,
    sentence: "the runner was lost",
    isCodeToo: true,
    looksLike: "The hosted runner lost communication with the server.",
  },
  {
    name: "unreachable service",
    pattern: new RegExp(`^(?=.{0,1500}(?:${services.source}))(?=.{0,1500}(?:${trouble.source}))`, "i"),
    sentence: "a service that the job downloads from did not answer",
    looksLike: 'go: Get "https://proxy.golang.org/github.com/x/y/@v/v1.0.0.zip": dial tcp 142.250.1.1:443: i/o timeout',
  },
];

/** What the machine did, when the line is certain to tell of it. */
export function machineFaultIn(line: string): MachineFault | undefined {
  const told = line.slice(0, looksAt);
  if (ofTest.test(told)) return undefined;
  const fault = machineFaults.find(({ pattern }) => pattern.test(told));
  return fault?.name === "unreachable service" && ownHost.test(told) ? undefined : fault;
}

const smell =
  /time[d-]? ?out|timeout|deadline exceeded|connection|connect\b|ECONN|EAI_AGAIN|ENOTFOUND|network|socket|resolve host|name resolution|unreachable|unavailable|\b(?:429|5\d\d)\b|rate limit|too many requests|no space left|out of memory|cannot allocate|OOM|killed|SIGKILL|SIGTERM|shutdown|lost communication|cancell?ed|unexpected EOF|hung up|input\/output error|read-only file system|failed to (?:download|fetch)|certificate/i;

/** Whether the machine may have to do with it: too little to say so, and too much to blame the code. */
export const mayBeTheMachine = (line: string): boolean => smell.test(line.slice(0, looksAt));
