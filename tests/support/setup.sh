# Shell functions that quickstart and check share: root, packages, builds. Sourced from the top of the tree.

step() {
    printf '\n== %s\n' "$*"
}

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# How to run a command as root: empty when we are.
root=
[ "$(id -u)" -eq 0 ] || root=sudo

need_root() {
    [ -z "$root" ] && return
    command -v sudo >/dev/null 2>&1 || die "must be run as root (there is no sudo here)"
    sudo -n true 2>/dev/null || sudo -v || die "must be run as root, or by a user who may use sudo"
}

# have WHAT: is this command, header or library already here?
have() {
    case $1 in
    musl)
        case $(gcc -dumpmachine 2>/dev/null) in *musl*) return 0 ;; esac
        for f in /usr/lib/*-linux-musl/rcrt1.o /usr/*-linux-musl/lib*/rcrt1.o /usr/local/musl/lib/rcrt1.o; do
            [ -e "$f" ] && return 0
        done
        return 1 ;;
    libc) echo 'int main(void) { return 0; }' | gcc -x c - -o /dev/null >/dev/null 2>&1 ;;
    kernel-headers) [ -e /usr/include/linux/if_packet.h ] ;;
    cmocka) [ -e /usr/include/cmocka.h ] ;;
    libpcap) [ -e /usr/include/pcap/pcap.h ] ;;
    protocols) [ -e /etc/protocols ] ;;
    qemu) command -v qemu-mips-static >/dev/null 2>&1 ;;
    cross-aarch64) command -v aarch64-linux-gnu-gcc >/dev/null 2>&1 ;;
    cross-mips) command -v mips-linux-gnu-gcc >/dev/null 2>&1 ;;
    z3) /usr/bin/python3 -c 'import z3' >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

# The package that brings a thing: package_for apt|apk|dnf WHAT
package_for() {
    case $1:$2 in
    apt:musl) echo musl-dev ;;
    apt:libc) echo libc6-dev ;;
    apt:kernel-headers) echo linux-libc-dev ;;
    apt:cmocka) echo libcmocka-dev ;;
    apt:libpcap) echo libpcap-dev ;;
    apt:protocols) echo netbase ;;
    apt:z3) echo python3-z3 ;;
    apt:groff) echo groff-base ;;
    apt:qemu) echo qemu-user-static ;;
    apt:cross-aarch64) echo gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;;
    apt:cross-mips) echo gcc-mips-linux-gnu libc6-dev-mips-cross ;;
    apt:ip) echo iproute2 ;;
    apt:ps) echo procps ;;
    apk:musl | apk:libc) echo musl-dev ;;
    apk:kernel-headers) echo linux-headers ;;
    apk:cmocka) echo cmocka-dev ;;
    apk:libpcap) echo libpcap-dev ;;
    apk:protocols) echo alpine-baselayout-data ;;
    apk:z3) echo py3-z3 ;;
    apk:ip) echo iproute2 ;;
    apk:ps) echo procps ;;
    dnf:musl) echo musl-gcc musl-devel musl-libc-static ;;
    dnf:libc) echo glibc-devel ;;
    dnf:kernel-headers) echo kernel-headers ;;
    dnf:cmocka) echo libcmocka-devel ;;
    dnf:libpcap) echo libpcap-devel ;;
    dnf:protocols) echo setup ;;
    dnf:z3) echo python3-z3 ;;
    dnf:ip) echo iproute ;;
    dnf:ps) echo procps-ng ;;
    dnf:tshark) echo wireshark-cli ;;
    *) echo "$2" ;;
    esac
}

# install_missing WHAT...: "build" stands for what the static binary needs.
install_missing() {
    manager=
    for m in apt-get apk dnf; do
        [ -n "$manager" ] || { command -v $m >/dev/null 2>&1 && manager=$m; } || :
    done
    missing=
    for what in $(echo " $* " | sed 's/ build / gcc make cmake musl kernel-headers /'); do
        have "$what" || missing="$missing $what"
    done
    [ -n "$missing" ] || { echo "nothing is missing"; return; }
    need_root
    [ -n "$manager" ] || die "missing:$missing; no apt-get, apk or dnf to install it with"
    packages=
    for what in $missing; do
        packages="$packages $(package_for "${manager%-get}" "$what")"
    done
    echo "installing:$packages"
    case $manager in
    apt-get)
        quietly $root apt-get update
        quietly $root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends $packages ;;
    apk) quietly $root apk add --no-cache --no-progress $packages ;;
    dnf) quietly $root dnf install -y $packages ;;
    esac
    for what in $missing; do
        have "$what" || die "$what is still missing after installing$packages"
    done
}

# install_wanted WHAT...: the same for what some tests need and can do without: then they are skipped.
install_wanted() {
    (install_missing "$@") && return
    for what; do
        (install_missing "$what") || echo "$what is missing: tests that need it are skipped"
    done
}

# quietly COMMAND...: its output is shown only when it fails.
quietly() {
    log=$(mktemp)
    if "$@" </dev/null >"$log" 2>&1; then
        rm -f "$log"
    else
        status=$?
        cat "$log" >&2
        rm -f "$log"
        die "failed ($status): $*"
    fi
}

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# build PRESET [CMAKE-OPTION...]: configure and build.
build() {
    cmake --version | awk 'NR == 1 { split($3, v, "."); exit !(v[1] > 3 || (v[1] == 3 && v[2] >= 21)) }' ||
        die "cmake is too old, its presets need 3.21: $(cmake --version | head -n 1)"
    preset=$1
    shift
    quietly cmake --preset "$preset" "$@"
    quietly cmake --build --preset "$preset" -j "$jobs"
}
