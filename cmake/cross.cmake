# Toolchain: another processor, with the cross compilers and C libraries of Debian, and qemu-user to run the
# tests. Set SNIFTER_TRIPLE (gcc's name of the target) and SNIFTER_QEMU (qemu's); the cross-* presets do.
set(CMAKE_SYSTEM_NAME Linux)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SNIFTER_TRIPLE SNIFTER_QEMU)
string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR "${SNIFTER_TRIPLE}")

set(CMAKE_C_COMPILER ${SNIFTER_TRIPLE}-gcc)
set(CMAKE_FIND_ROOT_PATH /usr/${SNIFTER_TRIPLE})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-${SNIFTER_QEMU}-static)
