# Toolchain: musl, on a glibc distribution (Debian's musl-tools) or native (Alpine).
# Debian's musl headers come without the kernel's; link-only directory: nothing but linux/, asm/ and
# asm-generic/, so that no glibc header can be picked up by accident.
