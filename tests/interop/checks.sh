# What the clients' scripts share; sourced by them. `label` names the client.

# check NAME COMMAND...: one line; what the command printed, when it failed
check() {
  local name=$1; shift
  if "$@" > out.log 2>&1; then echo "ok    $label: $name"; else echo "FAIL  $label: $name"; tail -5 out.log | sed 's/^/      /'; fi
}

has_line() { local pattern=$1 out; shift; out=$("$@") && echo "$out" && grep -q -- "$pattern" <<< "$out"; }
prints_nothing() { local out; out=$("$@") && echo "$out" && [[ -z $out ]]; }
refused() { ! "$@"; }

# new_bucket: a name that no other run has
new_bucket() { echo "interop-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')"; }

# sample_files: what goes up and down, in the current folder
sample_files() {
  printf 'This is a sample text file.\n' > sampletext.txt
  head -c 31457280 /dev/urandom > large.bin
  : > empty.txt
  mkdir -p site/css 'site/a b'
  echo '<h1>hi</h1>' > site/index.html; echo 'p{}' > site/css/site.css; echo x > 'site/a b/ü+%.txt'
}
