#!/bin/sh
# lint.reproducible: the same sources in another folder give the same released file, bit for bit.
#   reproducible.sh ROOT BINARY CMAKE
set -eu
root=$1 binary=$2 cmake=$3
other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
tree=$other/a/folder/of/another/name
mkdir -p "$tree"
(cd "$root" && tar cf - --exclude=./build --exclude=./.git .) | (cd "$tree" && tar xf -)
cd "$tree"
{
    "$cmake" --preset static -DSNIFTER_TESTS=OFF && "$cmake" --build --preset static --target snifter
} >log 2>&1 || {
    cat log
    exit 1
}
ls -l "$binary" build/static/snifter
cmp "$binary" build/static/snifter
