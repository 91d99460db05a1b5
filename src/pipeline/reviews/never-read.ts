/** Files that no person wrote line by line: what they hold follows from others. */
const lockFiles = new Set(
  [
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock",
    "cargo.lock go.sum poetry.lock pdm.lock uv.lock pipfile.lock composer.lock gemfile.lock podfile.lock",
    "package.resolved mix.lock pubspec.lock flake.lock gradle.lockfile packages.lock.json paket.lock cartfile.resolved conan.lock",
    "module.bazel.lock .terraform.lock.hcl stack.yaml.lock rebar.lock",
  ].flatMap((names) => names.split(" ")),
);

const generatedEndings = [
  ".min.js .min.mjs .min.css .bundle.js .js.map .css.map .mjs.map .ts.map .snap .lockb",
  ".pb.go .pb.cc .pb.h .pb.swift _pb2.py _pb2.pyi _pb2_grpc.py _grpc.pb.go .pb.gw.go _pb.js _pb.d.ts _pb.ts",
  ".g.dart .freezed.dart .mocks.dart .g.cs .designer.cs .generated.cs .generated.ts .generated.js .generated.go _generated.go _generated.rs",
  "_gen.go .gen.go .gen.ts .gen.rs zz_generated.deepcopy.go .xcworkspacedata .pbxproj",
].flatMap((endings) => endings.split(" "));

const generatedFolders = new Set("__generated__ generated dist __snapshots__ .next .nuxt".split(" "));
const vendoredFolders = new Set(
  "vendor vendored third_party third-party thirdparty node_modules bower_components pods carthage .yarn".split(" "),
);

/** Whether a path says that nobody wrote the file here: made by a tool, or taken over from elsewhere. */
export function originOf(path: string): "generated" | "vendored" | undefined {
  const parts = path.toLowerCase().split("/");
  const name = parts.at(-1) ?? "";
  const folders = parts.slice(0, -1);
  if (folders.some((folder) => vendoredFolders.has(folder))) return "vendored";
  const isGenerated =
    lockFiles.has(name) ||
    name.startsWith(".pnp.") ||
    generatedEndings.some((ending) => name.endsWith(ending)) ||
    folders.some((folder) => generatedFolders.has(folder));
  return isGenerated ? "generated" : undefined;
}
