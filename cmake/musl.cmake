# Toolchain of the deliverable: gcc with musl, for this machine's processor; or for another one, when
# SNIFTER_TRIPLE names a cross compiler (aarch64-linux-gnu) and SNIFTER_MUSL the folder where musl has been
# installed for it. packaging/build-all does that.
#
# On a musl distribution (Alpine) the system's compiler is right as it is. Elsewhere gcc is told by a
# specs file to use musl's headers, start files and libc.a. The wrapper musl-gcc is not used: it starts
# every program with Scrt1.o, which cannot start a static position-independent executable (that is
# rcrt1.o), and its headers come without the kernel's.
get_property(in_try_compile GLOBAL PROPERTY IN_TRY_COMPILE)
if(in_try_compile)
    return() # CMake's own probes are handed the flags of the first run
endif()
include(${CMAKE_CURRENT_LIST_DIR}/kernel-headers.cmake)

if(SNIFTER_TRIPLE)
    set(CMAKE_SYSTEM_NAME Linux)
    string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR ${SNIFTER_TRIPLE})
    set(CMAKE_C_COMPILER ${SNIFTER_TRIPLE}-gcc)
    set(CMAKE_STRIP ${SNIFTER_TRIPLE}-strip)
endif()
if(NOT CMAKE_C_COMPILER)
    find_program(CMAKE_C_COMPILER NAMES gcc cc REQUIRED)
endif()
execute_process(COMMAND ${CMAKE_C_COMPILER} -dumpmachine
    OUTPUT_VARIABLE triple OUTPUT_STRIP_TRAILING_WHITESPACE)

if(NOT triple MATCHES "musl")
    string(REGEX REPLACE "-.*" "" processor ${triple})
    set(musl_triple ${processor}-linux-musl)
    find_path(MUSL_LIB rcrt1.o NO_DEFAULT_PATH
        PATHS ${SNIFTER_MUSL}/lib /usr/lib/${musl_triple} /usr/${musl_triple}/lib /usr/${musl_triple}/lib64
            /usr/local/musl/lib)
    find_path(MUSL_INCLUDE stdio.h NO_DEFAULT_PATH
        PATHS ${SNIFTER_MUSL}/include /usr/include/${musl_triple} /usr/${musl_triple}/include
            /usr/local/musl/include)
    if(NOT MUSL_LIB OR NOT MUSL_INCLUDE)
        message(FATAL_ERROR "musl not found for ${musl_triple}"
            " (Debian, Ubuntu: musl-dev; Fedora: musl-devel musl-libc-static)")
    endif()
    configure_file(${CMAKE_CURRENT_LIST_DIR}/musl.specs.in ${CMAKE_BINARY_DIR}/musl.specs @ONLY)
    snifter_kernel_headers(${CMAKE_BINARY_DIR}/kernel-headers ${triple})
    set(CMAKE_C_FLAGS_INIT
        "-specs=${CMAKE_BINARY_DIR}/musl.specs -isystem ${CMAKE_BINARY_DIR}/kernel-headers")
endif()
