# What ./dev does: sourced with the command as arguments, in the root of the repository. tests/README.md tells more.
# Each command first installs what it needs and what is missing (Debian, Ubuntu), as root or through sudo.

usage='usage: ./dev COMMAND
  demo                     build, then watch a spec become a repository that is validated and run
  build                    build/mlopsc, one self-contained binary
  test [--update] [NAME…]  every test (or those whose name holds NAME), and 30 s of each fuzz target; --update rewrites
                           expected outputs
  fuzz [--planted] [TARGET] [SECONDS]
                           fuzz every target, or one, for 30 s each; --planted: find faults that a build flag plants
  bench                    how fast it is
  lint                     layout of the sources, their size, static analysis'

jobs=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN || echo 2)
say() { printf '%s\n' "$*"; }
die() { say "./dev: $*" >&2; exit 2; }

# ---------------------------------------------------------------- packages

# What stands for a package: a program in PATH, or a header that the C compiler finds, or a static library.
have() {
  case $1 in
    *.h) command -v cc >/dev/null && echo "#include <$1>" | cc -E -include stddef.h -include stdarg.h -include setjmp.h \
      -include stdint.h -x c - >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

build_needs='cc:gcc ld:binutils stdio.h:libc6-dev cmake:cmake ninja:ninja-build re2c:re2c bison:bison yaml.h:libyaml-dev
  jansson.h:libjansson-dev pcre2posix.h:libpcre2-dev'
run_needs='python3:python3'
test_needs='cmocka.h:libcmocka-dev clang:clang git:git make:make'

# need THING:PACKAGE …: installs the packages whose thing is not there.
need() {
  local row missing=()
  for row in "$@"; do
    have "${row%%:*}" || missing+=("${row#*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "please install ${missing[*]} (no apt-get here)"
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "please install ${missing[*]} (not root, and no sudo)"
    sudo=sudo
  fi
  say "installing ${missing[*]}"
  local apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300"
  { $apt install --no-install-recommends "${missing[@]}" </dev/null >/dev/null 2>&1; } ||
    { $apt update </dev/null >/dev/null && $apt install --no-install-recommends "${missing[@]}" </dev/null >/dev/null; } ||
    die "could not install ${missing[*]}"
}

# The sanitizer and fuzzer libraries of clang are a package of their own where recommendations are left out.
need_clang_libraries() {
  local folder
  folder=$(clang -print-resource-dir)
  compgen -G "$folder/lib/*/libclang_rt.fuzzer*.a" >/dev/null && return
  need "clang-runtime-is-missing:libclang-rt-$(basename "$folder" | cut -d. -f1)-dev"
}

# ---------------------------------------------------------------- building

# build FOLDER TARGET [-DOPTION…]: quiet unless it fails.
build() {
  local folder=$1 target=$2 log
  shift 2
  log=$(mktemp)
  if ! { cmake -B "$folder" -G Ninja "$@" && ninja -C "$folder" "$target"; } >"$log" 2>&1 </dev/null; then
    grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -60
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

dev_build() {
  need $build_needs
  build build mlopsc -DMLOPSC_WERROR=OFF || die 'the build failed'
  say "build/mlopsc: $(build/mlopsc --version), $(($(stat -c %s build/mlopsc) / 1024)) KiB"
}

# ---------------------------------------------------------------- demo

# Prints a command as one would type it, then runs it.
show() {
  local word line='$'
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./=-]*) word="'$word'" ;; esac
    line+=" ${word#build/mlopsc/}"
  done
  printf '\n%s\n' "${line/ build\/mlopsc/ mlopsc}"
  "$@"
}

dev_demo() {
  need $build_needs $run_needs
  dev_build
  rm -rf build/demo
  mkdir -p build/demo
  cp -r specs/train-automation/. build/demo/
  show cat build/demo/train-automation.mlops
  show build/mlopsc build build/demo
  (cd build/demo && find . -type f | sort | sed 's|^\./|  |')
  show build/mlopsc test build/demo
  show build/mlopsc run build/demo --exec --input '{"source": "manual", "run": "test"}'
}

# ---------------------------------------------------------------- test

# one NAME LOG COMMAND…: runs a test program and leaves "passed failed skipped seconds" in LOG.counts. cmocka's and our
# runners' summaries count; a program that fails without one, or says nothing, is one failure.
one() {
  local name=$1 log=$2 status=0 start=$SECONDS counts
  shift 2
  case $name in *'(sanitized)') export MLOPSC_SANITIZED=1 ;; esac
  timeout -k 10 "${MLOPSC_TEST_SECONDS:-900}" "$@" >"$log" 2>&1 </dev/null || status=$?
  counts=$(awk '
    /^\[  PASSED  \] [0-9]+ test/ { p += $4; seen = 1 }
    /^\[  FAILED  \] [0-9]+ test/ { f += $4; seen = 1 }
    /^\[  SKIPPED \] [0-9]+ test/ { s += $4; seen = 1 }
    /^[0-9]+ passed, [0-9]+ failed/ { line = $0 }
    END {
      if (line) { n = split(line, w, /[ ,]+/); p = w[1]; f = w[3]; s = n >= 6 ? w[5] : 0; seen = 1 }
      print (seen ? p + 0 : -1), f + 0, s + 0
    }' "$log")
  set -- $counts
  if [ "$1" = -1 ]; then set -- 0 1 0; fi
  if [ "$status" -ne 0 ] && [ "$2" -eq 0 ]; then set -- "$1" 1 "$3"; fi
  say "$1 $2 $3 $((SECONDS - start)) $name" >"$log.counts"
}

# The node tools that the oracle tests use; without them those tests are skipped.
node_tools() {
  [ -f tests/package-lock.json ] || return 0
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say 'node or npm is not there: the tests that need it are skipped'
    return 0
  fi
  [ tests/node_modules/.package-lock.json -nt tests/package-lock.json ] && return 0
  if ! timeout 300 npm ci --prefix tests --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null \
    >build-test/npm.log 2>&1; then
    say 'npm ci failed: the tests that need its packages are skipped'
    tail -5 build-test/npm.log
  fi
}

# list FOLDER [sanitized]: the test programs of a build, one "name command…" a line. A runner that says
# `# sanitize: no` in its head is left out of the sanitized run.
list() {
  local test
  for test in "$1"/test_*; do
    [ -x "$test" ] && [ -f "$test" ] && say "$(basename "$test")${2:+ ($2)}|$test"
  done
  for test in tests/run_*; do
    [ -x "$test" ] && [ -f "$test" ] || continue
    [ -n "${2:-}" ] && head -20 "$test" | grep -q '^# sanitize: no' && continue
    say "$(basename "$test")${2:+ ($2)}|$test|$PWD/$1/mlopsc"
  done
}

# fuzz_list FOLDER SECONDS: the same for the fuzz targets.
fuzz_list() {
  local target
  for target in "$1"/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    say "$(basename "$target")|tests/fuzz/run|$target|$2"
  done
}

dev_test() {
  local names=() update=
  while [ $# -gt 0 ]; do
    case $1 in
      --update) update=1 ;;
      -*) die "test knows no option $1" ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  need $build_needs $run_needs $test_needs
  need_clang_libraries
  say 'building: gcc with -Werror, sanitized, clang with -Werror'
  build build-test all -DMLOPSC_WERROR=ON -DMLOPSC_TESTS=ON || die 'the build failed'
  build build-asan all -DMLOPSC_SANITIZE=ON -DMLOPSC_TESTS=ON || die 'the sanitized build failed'
  local compiled=1
  CC=clang build build-clang all -DMLOPSC_WERROR=ON -DMLOPSC_TESTS=ON || compiled=0
  local fuzzes=
  if [ -z "$update" ] && { [ ${#names[@]} -eq 0 ] || [[ ${names[*]} == *fuzz* ]]; }; then
    fuzzes=1
    CC=clang build build-fuzz all -DMLOPSC_FUZZ=ON || die 'the build for fuzzing failed'
  fi
  node_tools
  local logs=build-test/logs passed=0 failed=0 skipped=0 p f s seconds name rows
  rm -rf $logs
  mkdir -p $logs
  rows=$(
    list build-test
    [ -n "$update" ] || list build-asan sanitized
    [ -z "$fuzzes" ] || fuzz_list build-fuzz "${MLOPSC_FUZZ_SECONDS:-30}"
  )
  if [ ${#names[@]} -gt 0 ]; then rows=$(grep -F "$(printf '%s\n' "${names[@]}")" <<<"$rows" || true); fi
  export MLOPSC_FUZZ_SEED=${MLOPSC_FUZZ_SEED:-1} # a test that passes passes again; `./dev fuzz` looks elsewhere each time
  export MLOPSC_UPDATE=$update UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=0
  local parallel=$jobs number=0 program binary seconds_given
  [ -z "$update" ] || parallel=1
  while IFS='|' read -r name program binary seconds_given; do
    [ -n "$name" ] || continue
    while [ "$(jobs -rp | wc -l)" -ge "$parallel" ]; do wait -n || true; done
    number=$((number + 1))
    one "$name" "$(printf '%s/%03d' $logs $number)" "$program" ${binary:+"$binary"} $seconds_given &
  done <<<"$rows"
  wait
  for counts in $logs/*.counts; do
    [ -f "$counts" ] || continue
    read -r p f s seconds name <"$counts"
    printf '  %-36s %6d passed %4d failed %4d skipped %4d s\n' "$name" "$p" "$f" "$s" "$seconds"
    if [ "$f" -gt 0 ]; then tail -40 "${counts%.counts}" | sed 's/^/    | /'; fi
    if [[ $name == fuzz_* ]]; then grep executions "${counts%.counts}" | sed 's/^/    | /' || true; fi
    if [ "$s" -gt 0 ]; then grep -iE 'skip' "${counts%.counts}" | head -5 | sed 's/^/    | /' || true; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  [ $compiled = 1 ] || { failed=$((failed + 1)); say '  clang does not build it without a warning'; }
  if [ "${MLOPSC_REQUIRE_ORACLES:-}" = 1 ] && [ $skipped -gt 0 ]; then
    failed=$((failed + skipped))
    say '  skipped tests count as failed: MLOPSC_REQUIRE_ORACLES=1'
  fi
  [ $((passed + failed)) -gt 0 ] || die "no test is named ${names[*]}"
  say "$passed passed, $failed failed, $skipped skipped"
  [ $failed -eq 0 ]
}

# ---------------------------------------------------------------- fuzz, bench, lint

# dev_fuzz [--planted] [TARGET] [SECONDS]: as many targets at a time as there are processors. With --planted a build that
# has a fault for each target: 60 s must find it.
dev_fuzz() {
  local planted= folder=build-fuzz seconds=30 target= program name failed=0
  if [ "${1:-}" = --planted ]; then
    planted=planted folder=build-planted seconds=60
    shift
  fi
  case ${1:-} in *[!0-9]*) target=$1; shift ;; esac
  seconds=${1:-$seconds}
  need $build_needs clang:clang
  need_clang_libraries
  CC=clang build $folder all -DMLOPSC_FUZZ=ON ${planted:+-DMLOPSC_PLANTED=ON} || die 'the build failed'
  local pids=() pid
  for program in "$folder"/fuzz_*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    name=$(basename "$program")
    [ -z "$target" ] || [ "$target" = "$name" ] || [ "fuzz_$target" = "$name" ] || continue
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
    tests/fuzz/run "$program" "$seconds" $planted | grep -vE '^1 passed' &
    pids+=($!)
  done
  [ ${#pids[@]} -gt 0 ] || die "no fuzz target is named $target"
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  return $failed
}

dev_bench() {
  need $build_needs $run_needs
  dev_build
  local bench
  for bench in tests/bench/*; do
    [ -x "$bench" ] && [ -f "$bench" ] && "$bench" "$PWD/build/mlopsc"
  done
  return 0
}

dev_lint() {
  need clang-format:clang-format git:git
  local failed=0 sources long
  sources=$(git ls-files --cached --others --exclude-standard 'compiler/*.[ch]' 'tests/*.[ch]')
  # shellcheck disable=SC2086
  clang-format --dry-run -Werror $sources || failed=1
  long=$(git ls-files --cached --others --exclude-standard compiler grammar templates tests dev |
    grep -vE '\.(bin|json|tsv|md)$|/cases/|/corpus/|^templates/explain/' | xargs wc -l | awk '$1 > 700 && $2 != "total"')
  [ -z "$long" ] || { say "longer than 700 lines:"; say "$long"; failed=1; }
  if command -v cppcheck >/dev/null; then
    cppcheck -q -j "$jobs" --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
      --suppress=missingIncludeSystem --suppress=internalAstError --suppress=uninitvar --suppress=legacyUninitvar \
      --suppress=autoVariables --suppress=returnDanglingLifetime --suppress=nullPointerRedundantCheck \
      -I compiler compiler || failed=1 # the suppressed ones take a callee's use of an address for an escape
  fi
  [ $failed -eq 0 ] && say 'lint: good'
  return $failed
}

# ---------------------------------------------------------------- what to do

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  demo | test | build | bench | fuzz | lint) "dev_$command" "$@" ;;
  -h | --help | help) say "$usage" ;;
  *) say "$usage" >&2; exit 2 ;;
esac
